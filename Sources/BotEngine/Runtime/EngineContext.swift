import BotCore
import Logging
import NIOConcurrencyHelpers

/// Everything the engine's parts share: the ports, the rules in force, and the bells that wake workers.
package final class EngineContext: Sendable {
    package let store: any BotStore
    package let clusters: any ClusterControl
    /// The platforms, by name.
    package let platforms: [String: any ChatPlatform]
    package let clock: any BotClock
    package let logger: Logger
    private let rules: NIOLockedValueBox<Rulebook>
    /// The history channels, by platform.
    private let historyChannels: [String: Channel]

    /// The wake-ups of the workers. Each is rung when there may be something to plan, to send, to reconcile or to post.
    let planning = Bell()
    let execution = Bell()
    let reconciling = Bell()
    let outbox = Bell()
    /// The deadlines of all answers that somebody waits for.
    let deadlines = Deadlines()
    /// The channels in which new messages wait already: the outbox looks there again without a ring.
    let awaitedChannels = NIOLockedValueBox<Set<Channel>>([])

    /// The channels that refused a message for good when they were last tried. Changes that need nobody do not go on
    /// without their message there: first it must be known whether anybody can be told.
    let closedChannels = NIOLockedValueBox<Set<Channel>>([])

    let unanswered = Unanswered()
    /// Who is in the user groups of the platforms, as far as that is known.
    let members: MemberCache
    /// The rules in force with what is known of user groups, for as long as that is the same.
    private let knowing = NIOLockedValueBox<(rules: Rulebook, known: MemberCache.Known, joined: Rulebook)?>(nil)
    /// The readers of history channels, by platform.
    let headReaders: [String: any HeadReader]
    /// Rings when the history channels are to be read back at once.
    let comparing = Bell()
    /// Rings when changes may be sent as far as the history channels are concerned.
    let mayBegin = Bell()
    /// The reasons that were logged why a channel is not read back; nil: there is no history channel.
    let unreadChannels = NIOLockedValueBox<[Channel?: String]>([:])
    private let standing = NIOLockedValueBox(ChannelStanding.isBeingRead)
    private let unseenStore = NIOLockedValueBox(false)

    package init(
        store: any BotStore,
        clusters: any ClusterControl,
        platforms: [String: any ChatPlatform],
        directories: [String: any MemberDirectory] = [:],
        headReaders: [String: any HeadReader] = [:],
        clock: any BotClock,
        rulebook: Rulebook,
        logger: Logger
    ) {
        self.store = store
        self.clusters = clusters
        self.platforms = platforms
        self.headReaders = headReaders
        self.clock = clock
        self.logger = logger
        rules = NIOLockedValueBox(rulebook)
        members = MemberCache(directories: directories, clock: clock, logger: logger)
        historyChannels = platforms.compactMapValues(\.historyChannel)
    }

    /// The rules in force now, with what is known of user groups now. Take them once for a decision, so that one decision
    /// uses one policy.
    package var rulebook: Rulebook {
        let rules = rules.withLockedValue(\.self)
        guard !rules.policy.userGroups.isEmpty else { return rules }
        let uptime = clock.uptime
        return knowing.withLockedValue { kept in
            if let kept, kept.rules === rules, kept.known.version == members.version, uptime < kept.known.until {
                return kept.joined
            }
            let known = members.known(at: uptime)
            let joined = rules.knowing(known.answers)
            kept = (rules, known, joined)
            return joined
        }
    }

    /// Puts other rules in force.
    package func replace(rulebook: Rulebook) { rules.withLockedValue { $0 = rulebook } }

    /// Whether the check of the store, without which nothing is sent, could not be made yet.
    package internal(set) var isStoreUnseen: Bool {
        get { unseenStore.withLockedValue(\.self) }
        set { unseenStore.withLockedValue { $0 = newValue } }
    }

    /// Whether nothing is sent until the history channels have answered, because the store is not as it was left.
    package var isHeldBack: Bool { if case .isAwaited = channelStanding { true } else { false } }

    /// Says that the history channels do not answer, unless somebody has let the store go on meanwhile.
    func awaitChannels(_ sentence: String) {
        standing.withLockedValue { standing in if standing != .isPassed { standing = .isAwaited(sentence) } }
    }

    var channelStanding: ChannelStanding {
        get { standing.withLockedValue(\.self) }
        set { standing.withLockedValue { $0 = newValue } }
    }

    /// Wakes all workers, because a change was stored or moved on.
    func ringAll() {
        for bell in [planning, execution, reconciling, outbox] { bell.ring() }
    }

    /// Wakes the outbox for a new message, unless others wait in its channel already: in a burst nearly all of them
    /// need no look of their own.
    func ringOutbox(newMessageIn channel: Channel) {
        if !awaitedChannels.withLockedValue({ $0.contains(channel) }) { outbox.ring() }
    }

    /// Returns a recorder for a transaction, with the channels and the time.
    /// - Parameter request: the id of the webhook that caused the steps, if it is not the one that asked for the
    ///   change.
    func recorder(_ writer: any StoreWriter, request: String? = nil) -> ChangeRecorder {
        ChangeRecorder(
            writer: writer,
            now: clock.now,
            historyChannels: historyChannels,
            channelStanding: channelStanding,
            logger: logger,
            request: request
        )
    }
}
