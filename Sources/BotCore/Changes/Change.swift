/// A change request: what somebody asked for, where it stands, and what came of it. One row in the store.
package struct Change: Hashable, Sendable {
    /// `#17`. Numbers count up from 1.
    package let id: Int
    package let cluster: Cluster
    /// The API's name of the action.
    package let action: String
    /// What was typed: the body's fields, or what they are worked out from.
    package let arguments: [String: JSONValue]
    package let requester: Actor
    package let channel: Channel
    package let reason: String?
    /// The change that this one replaces because its plan no longer fitted.
    package let replaces: Int?
    /// Where the platform lets the bot answer without a token. A capability: never shown or logged.
    package let replyHandle: String?
    /// When the command was typed, by the platform's signed clock.
    package let typedAt: Timestamp
    package let createdAt: Timestamp
    /// Names the webhook that asked for it, in the log; nil where none did.
    package let request: String?

    package var state: ChangeState
    /// Reasons that the same person gave with repetitions of the request, while nobody had decided yet.
    package var addedReasons: [String] = []
    package var howKnown: HowKnown?
    /// The rules that allow it and what each needs; any one of them is enough.
    package var permits: [Permit]
    /// The rule that decided: that refused it, or whose needs were met.
    package var rule: String?
    /// Digest of the policy that decided last.
    package var policy: String
    /// The body's fields, once they are known.
    package var parameters: [String: JSONValue]
    /// The plan's canonical bytes, once it is made.
    package var plan: Plan?
    /// Until when approvals or the confirmation may come in.
    package var expiresAt: Timestamp?
    /// Until when it may be sent after everything was agreed.
    package var validUntil: Timestamp?
    /// Its place in the order of becoming ready.
    package var readyOrder: Int?
    /// One sentence: what came of it, or why it waits.
    package var outcome: String?
    /// What its cluster is busy with, while it waits for that; nil if it does not.
    package var busy: ClusterBusy?
    /// The history entry that recorded the result, and its hash.
    package var recorded: HistoryHead?
    package var updatedAt: Timestamp
    /// Counts its changes of state and content; messages show at least the revision that they were wanted for.
    package var revision: Int

    package init(
        id: Int,
        cluster: Cluster,
        action: String,
        arguments: [String: JSONValue],
        requester: Actor,
        channel: Channel,
        reason: String? = nil,
        replaces: Int? = nil,
        replyHandle: String? = nil,
        typedAt: Timestamp,
        createdAt: Timestamp,
        request: String? = nil,
        state: ChangeState,
        permits: [Permit] = [],
        policy: String
    ) {
        self.id = id
        self.cluster = cluster
        self.action = action
        self.arguments = arguments
        self.requester = requester
        self.channel = channel
        self.reason = reason
        self.replaces = replaces
        self.replyHandle = replyHandle
        self.typedAt = typedAt
        self.createdAt = createdAt
        self.request = request
        self.state = state
        self.permits = permits
        self.policy = policy
        parameters = ActionCatalogue.action(named: action).map { $0.isRelative(arguments) ? [:] : arguments } ?? [:]
        updatedAt = createdAt
        revision = 1
    }

    package var spec: ActionSpec? { ActionCatalogue.action(named: action) }

    /// `42 prod-train: add 4 nodes`, or once it is planned `42 prod-train: add 4 nodes: 8 → 12`.
    package var title: String { "\(cluster.title): \(plan?.effect ?? spec?.asked(arguments) ?? action)" }

    /// Whether the same person asks for the same thing.
    package func isSameRequest(as asked: AskedChange, by actor: Actor) -> Bool {
        cluster.id == asked.cluster.id && action == asked.action && arguments == asked.arguments
            && requester.isSamePerson(as: actor)
    }

    /// Every reason that was given, in the order in which they came.
    package var reasons: [String] { [reason].compactMap(\.self) + addedReasons }

    /// Whether it may go on without anybody's agreement.
    package var needsNobody: Bool { permits.contains { $0.needs == .nothing } }
}
