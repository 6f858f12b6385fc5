import CTaskHooks
import TestSupport

/// Time and order in one simulation: picks, by the seed, which job of the concurrency runtime runs next, and lets time jump
/// to the next timer when none can run.
///
/// There is one process and the world around it. Stopping the process (``freeze(for:)``) stops its jobs and timers, while
/// the world goes on. Everything happens on the one thread inside ``capturing(_:)``, so nothing here is locked.
final class Scheduler: @unchecked Sendable {
    enum Side {
        case process, world
    }

    /// Microseconds since an arbitrary moment.
    private(set) var uptime = 1000.seconds
    /// How much later than asked for sleepers may be woken, as on a busy machine. It also decides how many steps an hour takes.
    var lateness = 1.seconds
    /// How many jobs and timers ran.
    private(set) var steps = 0
    /// All decisions so far in one number: equal for equal runs, different as soon as two runs part.
    private(set) var digest: UInt64 = 0

    private var runnable: [UnsafeMutableRawPointer] = []
    private var processTimers = TimerQueue()
    private var worldTimers = TimerQueue()
    private var frozenUntil: Int?
    private var random: SeededNumbers

    init(seed: UInt64) { random = SeededNumbers(seed: seed, stream: 1) }

    // MARK: For those who take part

    @discardableResult
    func after(_ span: Int, of side: Side, _ action: @escaping () -> Void) -> SimulatedTimer {
        switch side {
        case .process: processTimers.add(due: uptime + max(0, span), action)
        case .world: worldTimers.add(due: uptime + max(0, span), action)
        }
    }

    /// Stops the process at once, in the middle of whatever it does, and lets it go on after a time.
    func freeze(for span: Int) { frozenUntil = max(frozenUntil ?? 0, uptime + span) }

    /// Ends a freeze early: what does not live cannot be stopped.
    func thaw() { frozenUntil = nil }

    var isFrozen: Bool { frozenUntil != nil }

    /// Lets what happened take part in ``digest``.
    func note(_ number: UInt64) { digest = SplitMix64.mix(digest &+ number) }

    // MARK: For whoever runs it

    /// Why a run did not go on.
    enum Stop: Equatable {
        case condition, nothingLeft, tooManySteps
    }

    /// Keeps every job that the calling thread makes runnable while `body` runs. Only there may anything be run or changed.
    func capturing<Result>(_ body: () -> Result) -> Result {
        let context = Unmanaged.passUnretained(self).toOpaque()
        task_hooks_capture(
            { context, job in
                Unmanaged<Scheduler>.fromOpaque(context).takeUnretainedValue().runnable.append(job)
            },
            context
        )
        defer { task_hooks_capture(nil, nil) }
        return body()
    }

    /// Runs jobs and timers until a condition holds.
    func run(atMost limit: Int, until isOver: () -> Bool) -> Stop {
        precondition(task_hooks_is_capturing(), "jobs would get away to other threads")
        let last = steps + limit
        while !isOver() {
            guard steps < last else { return .tooManySteps }
            guard step() else { return .nothingLeft }
        }
        return .condition
    }

    /// False if there is nothing that could ever happen.
    private func step() -> Bool {
        if let end = frozenUntil { return stepFrozen(until: end) }
        guard runnable.isEmpty || random.happens(Self.timePasses) else {
            steps += 1
            let index = random.below(runnable.count)
            note(UInt64(runnable.count) << 32 | UInt64(index))
            runnable.swapAt(index, runnable.count - 1)
            task_hooks_run(runnable.removeLast())
            return true
        }
        if !runnable.isEmpty {
            // Work takes time, too; meanwhile something else may come.
            pass(to: uptime + random.below(2.milliseconds))
            return true
        }
        switch (processTimers.nextDue(), worldTimers.nextDue()) {
        case (nil, nil): return false
        case (nil, let world?): pass(to: world)
        case (let process?, let world): pass(to: min(process + random.below(lateness), world ?? .max))
        }
        return true
    }

    private func stepFrozen(until end: Int) -> Bool {
        if let timer = worldTimers.next(dueBy: end) {
            fire(timer)
        } else {
            uptime = max(uptime, end)
            frozenUntil = nil
        }
        return true
    }

    private func pass(to moment: Int) {
        while true {
            let world = worldTimers.nextDue() ?? .max
            let process = frozenUntil == nil ? processTimers.nextDue() ?? .max : .max
            guard min(world, process) <= moment else { break }
            if let timer = world <= process ? worldTimers.next(dueBy: moment) : processTimers.next(dueBy: moment) {
                // Sleepers wake when time has passed for all of them; the world keeps its own times.
                if world > process { uptime = max(uptime, moment) }
                fire(timer)
            }
        }
        if frozenUntil == nil { uptime = max(uptime, moment) }
    }

    private func fire(_ timer: SimulatedTimer) {
        steps += 1
        uptime = max(uptime, timer.due)
        note(UInt64(truncatingIfNeeded: uptime))
        timer.fire()
    }

    /// How often time goes on although there are jobs that could run.
    private static let timePasses = 0.05
}
