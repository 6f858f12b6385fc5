import BotCore
import Logging
import NIOConcurrencyHelpers

/// Everything the engine's parts share: the ports, the rules in force, and the bells that wake workers.
package final class EngineContext: Sendable {
    package let store: any BotStore
    package let clusters: any ClusterControl
    /// By platform name.
    package let platforms: [String: any ChatPlatform]
    package let clock: any BotClock
    package let logger: Logger
    private let rules: NIOLockedValueBox<Rulebook>
    /// By platform.
    private let historyChannels: [String: Channel]

    /// Rung when there may be something to prepare, to execute or reconcile, to post.
    let planning = Bell()
    let execution = Bell()
    let reconciling = Bell()
    let outbox = Bell()
    /// Of everything that somebody waits for.
    let deadlines = Deadlines()
    /// Channels in which new messages wait already, so that the outbox looks there again without being rung for.
    let awaitedChannels = NIOLockedValueBox<Set<Channel>>([])

    /// Channels that took nothing when they were last tried, and will not by themselves. What needs nobody does not pass them
    /// by: first it is seen whether anybody can be told.
    let closedChannels = NIOLockedValueBox<Set<Channel>>([])

    let unanswered = Unanswered()
    private let unseenStore = NIOLockedValueBox(false)

    package init(
        store: any BotStore,
        clusters: any ClusterControl,
        platforms: [String: any ChatPlatform],
        clock: any BotClock,
        rulebook: Rulebook,
        logger: Logger
    ) {
        self.store = store
        self.clusters = clusters
        self.platforms = platforms
        self.clock = clock
        self.logger = logger
        rules = NIOLockedValueBox(rulebook)
        historyChannels = platforms.compactMapValues(\.historyChannel)
    }

    /// The rules in force now. Take it once for a decision, so that one decision uses one policy.
    package var rulebook: Rulebook { rules.withLockedValue(\.self) }

    /// Puts other rules in force.
    package func replace(rulebook: Rulebook) { rules.withLockedValue { $0 = rulebook } }

    /// Whether the store could not be looked through yet, as it is before anything is sent.
    package internal(set) var isStoreUnseen: Bool {
        get { unseenStore.withLockedValue(\.self) }
        set { unseenStore.withLockedValue { $0 = newValue } }
    }

    /// A change was stored or moved on: whoever may have something to do with it looks.
    func ringAll() {
        for bell in [planning, execution, reconciling, outbox] { bell.ring() }
    }

    /// A new message was stored. In a burst nearly all of them wait behind others, and need no look of their own.
    func ringOutbox(newMessageIn channel: Channel) {
        if !awaitedChannels.withLockedValue({ $0.contains(channel) }) { outbox.ring() }
    }

    /// The parts of a transaction that know the channels and the time.
    /// - Parameter request: names the webhook that the steps come of, if it is not the one that asked for the change.
    func recorder(_ writer: any StoreWriter, request: String? = nil) -> ChangeRecorder {
        ChangeRecorder(
            writer: writer,
            now: clock.now,
            historyChannels: historyChannels,
            logger: logger,
            request: request
        )
    }
}
