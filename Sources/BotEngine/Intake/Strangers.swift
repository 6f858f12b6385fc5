import BotCore
import NIOConcurrencyHelpers

/// Counts refused requests of accounts that nobody lists. The first of an account within a minute becomes a change,
/// like everybody's. The others get the same answer, are counted, and become one entry of the history when the minute
/// is over.
final class Strangers: Sendable {
    /// The requests of an account besides its first one.
    struct Tally: Sendable {
        let actor: Actor
        /// The change that its first request became.
        let change: Int
        var count = 0
        var clusters: Set<String> = []
        var actions: Set<String> = []
    }

    private struct Minute {
        let began: Duration
        /// The delivery of the first request.
        let delivery: String
        /// The answer to the first request; nil while it is being stored.
        var answer: String?
        var tally: Tally?
        /// The account's actor, for the tally.
        let actor: Actor
    }

    private struct State {
        var minutes: [Account: Minute] = [:]
        var lastPost: Duration?
    }

    private let state = NIOLockedValueBox(State())

    private static let minute = Duration.seconds(60)
    /// The most accounts that are kept at once; requests of more are answered and not counted.
    private static let most = 1000
    /// The most clusters and the most actions that an entry names.
    private static let named = 20

    /// Returns the answer to one more request, and counts it; nil for the first of a minute, which is to be stored.
    func answer(_ asked: AskedChange, by actor: Actor, delivery: String, at uptime: Duration) -> String? {
        guard let account = actor.account else { return nil }
        return state.withLockedValue { state in
            guard var minute = state.minutes[account] else {
                guard state.minutes.count < Self.most else { return Self.tooMany }
                state.minutes[account] = Minute(began: uptime, delivery: delivery, actor: actor)
                return nil
            }
            // A redelivery of the first request: the store knows its answer.
            if minute.delivery == delivery { return nil }
            minute.tally?.add(asked, most: Self.named)
            state.minutes[account] = minute
            return minute.answer ?? Self.tooMany
        }
    }

    /// Notes that the first request was stored as a change, or, with nil, that it was not.
    func first(of account: Account, became change: Int?, answered answer: String) {
        state.withLockedValue { state in
            guard let change, let minute = state.minutes[account] else { return state.minutes[account] = nil }
            state.minutes[account]?.answer = answer
            state.minutes[account]?.tally = Tally(actor: minute.actor, change: change)
        }
    }

    /// Returns whether a post about an unlisted account may be wanted now: at most one a minute for all of them.
    func mayPost(at uptime: Duration) -> Bool {
        state.withLockedValue { state in
            guard state.lastPost.map({ uptime - $0 >= Self.minute }) ?? true else { return false }
            state.lastPost = uptime
            return true
        }
    }

    /// Takes out what was counted in minutes that are over; at the end, in all.
    func takeCounted(at uptime: Duration, isEnd: Bool = false) -> [Tally] {
        state.withLockedValue { state in
            let over = state.minutes.filter { isEnd || uptime - $0.value.began >= Self.minute }
            for account in over.keys { state.minutes[account] = nil }
            return over.values.compactMap(\.tally).filter { $0.count > 0 }.sorted { $0.change < $1.change }
        }
    }

    /// Puts back a tally that could not be stored: it is counted with what comes next.
    func giveBack(_ tally: Tally, at uptime: Duration) {
        guard let account = tally.actor.account else { return }
        state.withLockedValue { state in
            var minute = state.minutes[account] ?? Minute(began: uptime, delivery: "", answer: nil, actor: tally.actor)
            var all = minute.tally ?? Tally(actor: tally.actor, change: tally.change)
            all.count += tally.count
            all.clusters.formUnion(tally.clusters)
            all.actions.formUnion(tally.actions)
            minute.tally = all
            state.minutes[account] = minute
        }
    }

    private static let tooMany = "There are too many requests of accounts that I do not know. Nothing was done."
}

extension Strangers.Tally {
    fileprivate mutating func add(_ asked: AskedChange, most: Int) {
        count += 1
        if clusters.count < most { clusters.insert(asked.cluster.title) }
        if actions.count < most { actions.insert(asked.action) }
    }
}
