import BotCore
import Logging
import NIOConcurrencyHelpers

/// Watches the clocks of changes that wait: calls people again, and ends what waited too long. Ends locks and
/// freezes whose time is over, too, and forgets old deliveries.
struct Expiry: Sendable {
    let context: EngineContext

    private static let pause = Duration.seconds(1)
    /// The time for which deliveries are remembered. Platforms redeliver for a day at most; the signature's window is
    /// far shorter.
    private static let rememberDeliveries = Duration.seconds(2 * 86_400)
    private static let forgetEvery = Duration.seconds(3600)
    /// The most changes that are ended in one transaction: webhooks wait behind it.
    private static let portion = 100
    /// The most deliveries that are forgotten in one transaction. Their rows are small.
    private static let deliveriesAtOnce = 1000
    /// A smaller step back is noise: the two clocks are read one after the other, and time services correct them.
    private static let clockNoise = Duration.seconds(1)

    private let nextForgetting = NIOLockedValueBox(Duration.zero)
    private let times = NIOLockedValueBox(Times())

    /// The clocks as this process has seen them. A wall clock that is set back must not make an approval last longer.
    private struct Times: Sendable {
        var lastSweep: (now: Timestamp, uptime: Duration)?
        /// The ends of the times of changes that waited when the clock was set back, by change.
        var ends: [Int: End] = [:]

        struct End: Sendable {
            let until: Timestamp
            let uptime: Duration
        }
    }

    init(context: EngineContext) { self.context = context }

    func run() async {
        while !context.execution.isClosed, !Task.isCancelled {
            do {
                try await sweep()
            } catch is CancellationError {
                return
            } catch let error as StoreError where error.code == .closed {
                // The service ends because another part failed.
                return
            } catch {
                context.logger.error("expiry failed", metadata: ["error": "\(error)"])
            }
            try? await context.clock.sleep(Self.pause)
        }
    }

    /// Ends every change whose time is over, and forgets deliveries that can no longer be repeated.
    func sweep() async throws {
        try await noteClockSetBack()
        try await callAgain()
        var due: [Int]
        repeat {
            due = try await overdue()
            guard !due.isEmpty else { break }
            try await context.store.write { [due] writer in
                for id in due {
                    // A change that moved on meanwhile has another time, or none.
                    guard var change = try writer.change(id), isOverdue(change) else { continue }
                    try Self.expire(&change, context.recorder(writer))
                }
            }
            times.withLockedValue { [due] times in for id in due { times.ends[id] = nil } }
            context.ringAll()
        } while due.count >= Self.portion
        try await ClosureSweep(context: context).run()
        try await forgetOldDeliveries()
        // Last: nothing else hangs on it.
        try await CardSweep(context: context).run()
    }

    /// Makes the calls to changes that wait for people whose time has come.
    private func callAgain() async throws {
        var due: [Int]
        repeat {
            due = try await context.store.read { try $0.changesCalling(at: context.clock.now, limit: Self.portion) }
            guard !due.isEmpty else { return }
            try await context.store.write { [due] writer in
                let calling = Calling(recorder: context.recorder(writer), rules: context.rulebook)
                for id in due {
                    guard var change = try writer.change(id) else { continue }
                    try calling.goOn(&change)
                }
            }
            context.outbox.ring()
        } while due.count >= Self.portion
    }

    /// Notices a wall clock that was set back. For each change that waits since before the step it keeps the uptime at
    /// which the change's time is over.
    private func noteClockSetBack() async throws {
        let (now, uptime) = (context.clock.now, context.clock.uptime)
        guard let last = times.withLockedValue(\.lastSweep) else {
            return times.withLockedValue { $0.lastSweep = (now, uptime) }
        }
        let passed = uptime - last.uptime
        let setBack = last.now + passed - now
        if setBack > Self.clockNoise {
            let waiting = try await context.store.read { try $0.changes(in: [.pending, .ready]) }
            times.withLockedValue { times in
                for change in waiting {
                    // A change that was written since has times of the new clock.
                    let isOld = change.updatedAt > now || now - change.updatedAt > passed
                    guard isOld, times.ends[change.id] == nil, let until = change.waitsUntil else { continue }
                    times.ends[change.id] = Times.End(until: until, uptime: uptime + (until - now - setBack))
                }
            }
        }
        times.withLockedValue { $0.lastSweep = (now, uptime) }
    }

    private func overdue() async throws -> [Int] {
        let (now, uptime) = (context.clock.now, context.clock.uptime)
        let expired = try await context.store.read { try $0.expiredChanges(at: now, limit: Self.portion) }
        let ended = times.withLockedValue { $0.ends.filter { uptime >= $0.value.uptime }.keys }
        return Set(expired).union(ended).sorted()
    }

    private func isOverdue(_ change: Change) -> Bool {
        if change.isExpired(at: context.clock.now) { return true }
        guard let end = times.withLockedValue({ $0.ends[change.id] }) else { return false }
        return change.waitsUntil == end.until && context.clock.uptime >= end.uptime
    }

    /// Ends one change whose time is over.
    static func expire(_ change: inout Change, _ recorder: ChangeRecorder) throws {
        change.outcome =
            change.state == .ready
            ? change.unsent
            : change.undecided(try recorder.writer.approvals(of: change.id))
        try recorder.apply(.expired, to: &change, .init(by: .bot))
    }

    /// Forgets old deliveries once an hour. Only the size of the store depends on it.
    private func forgetOldDeliveries() async throws {
        let now = context.clock.uptime
        let isDue = nextForgetting.withLockedValue { next in
            guard now >= next else { return false }
            next = now + Self.forgetEvery
            return true
        }
        guard isDue else { return }
        let before = Timestamp(milliseconds: context.clock.now.milliseconds - Self.rememberDeliveries.wholeMilliseconds)
        // An old offer still says what is to be typed instead.
        let old = Timestamp(milliseconds: context.clock.now.milliseconds - Self.forgetEvery.wholeMilliseconds)
        while !context.execution.isClosed, !Task.isCancelled {
            let forgotten = try await context.store.write { writer in
                try writer.forgetOffers(madeBefore: old)
                return try writer.forgetDeliveries(olderThan: before, limit: Self.deliveriesAtOnce)
            }
            if forgotten < Self.deliveriesAtOnce { return }
        }
    }
}

extension Change {
    /// The moment when its time to be approved, or to be sent, is over; nil if it has no such time.
    fileprivate var waitsUntil: Timestamp? {
        switch state {
        case .pending: expiresAt
        case .ready: validUntil
        default: nil
        }
    }

    /// A sentence that says why it was not sent in its time.
    fileprivate var unsent: String {
        let obstacle = shownWait ?? busy.map { "\(cluster.name) was \($0.status.lowercased())" }
        return "It was approved, but could not be sent in time\(obstacle.map { " – \($0)" } ?? "")."
    }

    /// Returns a sentence that says what was missing when its time was over.
    fileprivate func undecided(_ approvals: [Approval]) -> String {
        let needed = permits.compactMap { permit -> (count: Int, within: Duration)? in
            guard case .approvals(let needs) = permit.needs else { return nil }
            return (needs.entries.map(\.count).reduce(0, +), needs.within)
        }.min { $0.count < $1.count }
        guard let needed else { return "\(requester.shownName) did not confirm it in time." }
        let agreed = approvals.count { $0.verdict == .approved && $0.digest == plan?.digest }
        return agreed == 0
            ? "Nobody approved it in \(needed.within.spoken)."
            : "Only \(agreed) of \(needed.count) had approved it in \(needed.within.spoken)."
    }

    /// Returns whether its time to be approved, or to be sent, is over.
    func isExpired(at now: Timestamp) -> Bool { waitsUntil.map { now >= $0 } ?? false }
}
