import BotCore
import NIOConcurrencyHelpers

/// Makes the channel hear of a change before it is sent. A change that needs nobody goes on when its first message is
/// posted. Where that takes too long it goes on without: a slow platform holds up nothing.
struct Acknowledgement: Sendable {
    /// The longest that a change waits for its first message.
    static let waits = Duration.seconds(2)
    private static let shortestPause = Duration.milliseconds(20)

    private let context: EngineContext
    /// The uptime at which the next change goes on without its message; nil while none waits for one.
    private let passing = NIOLockedValueBox<Duration?>(nil)
    /// The uptime at which this process began: changes that an earlier process left get the same time for their
    /// message, counted from here.
    private let began: Duration

    init(context: EngineContext) {
        self.context = context
        began = context.clock.uptime
    }

    /// The time until the next change goes on without its message; nil while none waits.
    var nextPassing: Duration? {
        passing.withLockedValue(\.self).map { max($0 - context.clock.uptime, Self.shortestPause) }
    }

    /// Lets changes go on that have waited long enough for their message. Changes of closed channels stay until it is
    /// known whether anybody can be told of them.
    /// - Parameter found: changes in `preparing` that need no plan.
    func passBy(_ found: [Change]) async throws {
        let (now, uptime) = (context.clock.now, context.clock.uptime)
        let closed = context.closedChannels.withLockedValue(\.self)
        let open = found.filter { !closed.contains($0.channel) }
        let waits = open.compactMap { $0.waitsForMessage(at: now, runningFor: uptime - began) }
        passing.withLockedValue { $0 = waits.min().map { uptime + $0 } }
        let passed = open.filter { $0.waitsForMessage(at: now, runningFor: uptime - began) == nil }
        guard !passed.isEmpty else { return }
        let hasMoved = try await context.store.write { writer in
            try passed.filter { try Self.goOn($0.id, writer, context) }.isEmpty == false
        }
        // The look at `preparing` is limited for each person, so there may be more behind these.
        if hasMoved { for bell in [context.execution, context.outbox, context.planning] { bell.ring() } }
    }

    /// Makes a change ready that needs no plan, if it is still being prepared; refuses it if its cluster is no longer
    /// configured.
    ///
    /// Does nothing once the shutdown has begun: nobody knows how long the service stays down, and the next start asks
    /// the requester about changes that are late by then.
    /// - Returns: false if the change stays as it is.
    @discardableResult
    static func goOn(_ id: Int, _ writer: any StoreWriter, _ context: EngineContext) throws -> Bool {
        guard !context.execution.isClosed, var change = try writer.change(id), change.state == .preparing,
            change.needsNoPlan(at: context.clock.now)
        else { return false }
        let recorder = context.recorder(writer)
        guard change.spec != nil, context.rulebook.cluster(change.cluster.id) != nil else {
            change.outcome = LastCheck.clusterGone
            try recorder.apply(.refused, to: &change, .init(by: .bot))
            return true
        }
        let rule = change.permits.first { $0.needs == .nothing }?.rule
        try recorder.apply(.allowed, to: &change, .init(by: .bot, rule: rule))
        return true
    }
}

extension Change {
    /// Returns how long it still waits for its first message; nil if it no longer waits, also where the clock was set
    /// back since.
    fileprivate func waitsForMessage(at now: Timestamp, runningFor running: Duration) -> Duration? {
        let waited = min(now - createdAt, running)
        return waited >= .zero && waited < Acknowledgement.waits ? Acknowledgement.waits - waited : nil
    }
}
