/// A change request: what somebody asked for, its state, and its outcome. It is one row in the store.
package struct Change: Hashable, Sendable {
    /// The number, shown as `#17`. Numbers count up from 1.
    package let id: Int
    package let cluster: Cluster
    /// The API's name of the action.
    package let action: String
    /// The typed arguments: the body's fields, or values from which they are worked out.
    package let arguments: [String: JSONValue]
    package let requester: Actor
    package let channel: Channel
    package let reason: String?
    /// The change that this one replaces because its plan no longer fitted.
    package let replaces: Int?
    /// The address at which the platform lets the bot answer without a token. It is a secret: never shown or logged.
    package let replyHandle: String?
    /// The moment when the command was typed, by the platform's signed clock.
    package let typedAt: Timestamp
    package let createdAt: Timestamp
    /// The id of the webhook that asked for it, for the log; nil where none did.
    package let request: String?

    package var state: ChangeState
    /// The reasons that the same person gave when they repeated the request before anybody had decided.
    package var addedReasons: [String] = []
    package var howKnown: HowKnown?
    /// The rules that allow it and what each needs; any one of them is enough.
    /// None while the policy has not decided yet, because it has to be looked up first who is in a user group.
    package var permits: [Permit]
    /// The members of the user groups that are asked, from the plan on.
    package var asked = AskedMembers()
    /// The rule that refused it, or whose needs were met.
    package var rule: String?
    /// The digest of the policy that decided last.
    package var policy: String
    /// The body's fields, once they are known.
    package var parameters: [String: JSONValue]
    /// The plan, once it is made.
    package var plan: Plan?
    /// The moment when its plan was made, from which on people have time for it; nil before.
    package var plannedAt: Timestamp?
    /// The end of the time for approvals or the confirmation.
    package var expiresAt: Timestamp?
    /// The next moment at which people are called to it again: by a reminder, or because a further group is asked; nil: none.
    package var callsAt: Timestamp?
    /// The end of the time for sending it after its needs were met; nil if it needed nobody.
    package var validUntil: Timestamp?
    /// The place in the order of becoming ready.
    package var readyOrder: Int?
    /// A sentence that says what came of it, or why it waits.
    package var outcome: String?
    /// The status of its cluster for whose end it waits; nil if it does not wait for one.
    package var busy: ClusterBusy?
    /// What it waits for besides people, as its card says it or is to say it; nil: nothing.
    package var shownWait: String?
    /// The history entry that recorded the outcome, and its hash.
    package var recorded: HistoryHead?
    package var updatedAt: Timestamp
    /// Counts the changes of its state and content. A post wants the message to show at least one revision.
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

    /// What it does, and to which cluster: `+4 nodes on prod-train`, or, once it is planned, `+4 nodes on prod-train, 8 → 12`.
    package var title: String { plan.map { $0.title(on: cluster) } ?? askedChange.title }

    /// What was done, once it is, where ``title`` reads as an order: `prod-train restarted, controller and all 8 nodes`.
    package var doneTitle: String? { plan.flatMap { spec?.done($0, on: cluster) } }

    /// What was asked for.
    package var askedChange: AskedChange {
        AskedChange(cluster: cluster, action: action, arguments: arguments, reason: reason)
    }

    /// Returns whether the same person asks for the same thing.
    package func isSameRequest(as asked: AskedChange, by actor: Actor) -> Bool {
        cluster.id == asked.cluster.id && action == asked.action && arguments == asked.arguments
            && requester.isSamePerson(as: actor)
    }

    /// All reasons that were given, in their order.
    package var reasons: [String] { [reason].compactMap(\.self) + addedReasons }

    /// Whether it may go on without anybody's approval or confirmation.
    package var needsNobody: Bool { permits.contains { $0.needs == .nothing } }
}
