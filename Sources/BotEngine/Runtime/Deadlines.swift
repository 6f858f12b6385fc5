import BotCore
import NIOConcurrencyHelpers

/// Gives up waiting for what is not done by its deadline. One sleeping task serves all deadlines: nearly everything is
/// done in time, and a timer for each would cost more than the work that it watches.
final class Deadlines: Sendable {
    /// Something that is waited for.
    protocol Waiting: Sendable {
        /// Whether it needs no deadline any more.
        var isOver: Bool { get }
        func giveUp()
    }

    fileprivate struct State {
        /// Ordered by deadline. What is over is taken out only when it stands in front.
        var waiting: [(deadline: Duration, what: any Waiting)] = []
        var first = 0
        /// The deadline for which the next sleeper wakes; nil while none sleeps.
        var nextLook: Duration?
    }

    private let state = NIOLockedValueBox(State())

    /// Gives up something at a moment of the clock's uptime, if it is not over by then.
    func watch(_ what: any Waiting, until deadline: Duration, clock: any BotClock) {
        let mustSleep = state.withLockedValue { state in
            state.dropWhatIsOver()
            state.add(what, deadline)
            guard state.nextLook.map({ deadline < $0 }) ?? true else { return false }
            state.nextLook = deadline
            return true
        }
        if mustSleep { Task { await sleep(until: deadline, clock) } }
    }

    private func sleep(until first: Duration, _ clock: any BotClock) async {
        var next = first
        while true {
            try? await clock.sleep(next - clock.uptime)
            let (due, later) = state.withLockedValue { [next] state in
                let due = state.take(until: next)
                // Another task sleeps until an earlier moment, and goes on from there.
                guard state.nextLook == next else { return (due, nil as Duration?) }
                state.nextLook = state.waiting.isEmpty ? nil : state.waiting[state.first].deadline
                return (due, state.nextLook)
            }
            for what in due { what.giveUp() }
            guard let later else { return }
            next = later
        }
    }
}

extension Deadlines.State {
    fileprivate mutating func add(_ what: any Deadlines.Waiting, _ deadline: Duration) {
        var place = waiting.endIndex
        while place > first, waiting[place - 1].deadline > deadline { place -= 1 }
        waiting.insert((deadline, what), at: place)
    }

    fileprivate mutating func dropWhatIsOver() {
        while first < waiting.count, waiting[first].what.isOver { first += 1 }
        compact()
    }

    /// Takes out everything that is due at a moment.
    fileprivate mutating func take(until moment: Duration) -> [any Deadlines.Waiting] {
        let start = first
        while first < waiting.count, waiting[first].deadline <= moment { first += 1 }
        let due = waiting[start..<first].map(\.what)
        dropWhatIsOver()
        return due
    }

    /// Moves the rest to the front, if at least half of the array is unused.
    private mutating func compact() {
        guard first > 0, first * 2 >= waiting.count else { return }
        waiting.removeFirst(first)
        first = 0
    }
}
