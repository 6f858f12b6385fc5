import BotCore
import NIOConcurrencyHelpers

/// The channel hears of a change before anything is done about it. What needs nobody's agreement goes on when its first message
/// is posted, and is passed by where that takes too long: a platform that is slow, or lets others go first, holds up nothing.
struct Acknowledgement: Sendable {
    /// How long a change waits for the channel to hear of it.
    static let waits = Duration.seconds(2)
    private static let shortestPause = Duration.milliseconds(20)

    private let context: EngineContext
    /// The uptime at which the next change is passed by; nil while none waits for its message.
    private let passing = NIOLockedValueBox<Duration?>(nil)
    /// The uptime at which this process began: the channel of what an earlier one left is tried first, too.
    private let began: Duration

    init(context: EngineContext) {
        self.context = context
        began = context.clock.uptime
    }

    /// How long until the next change is passed by; nil while none waits.
    var nextPassing: Duration? {
        passing.withLockedValue(\.self).map { max($0 - context.clock.uptime, Self.shortestPause) }
    }

    /// Lets those changes go on that have waited for their message long enough. While it is open whether anybody can be told
    /// in a closed channel, its changes stay.
    /// - Parameter found: changes that need no plan.
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
        // Behind them there may be others.
        if hasMoved { for bell in [context.execution, context.outbox, context.planning] { bell.ring() } }
    }

    /// Lets a change go on for which nobody has to see a plan, if it is still being prepared.
    ///
    /// Not once the end has begun: how long the service stays down nobody knows, and the next start asks again about what is
    /// late by then.
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
    /// How long it still waits for the channel to hear of it; nil if no longer, as where the clock was set back since.
    fileprivate func waitsForMessage(at now: Timestamp, runningFor running: Duration) -> Duration? {
        let waited = min(now - createdAt, running)
        return waited >= .zero && waited < Acknowledgement.waits ? Acknowledgement.waits - waited : nil
    }
}
