import BotCore
import FoundationEssentials

/// The rules that the configuration gives to the engine. They can be replaced only as a whole, by
/// ``EngineContext/replace(rulebook:)``.
///
/// It is an immutable object, because every command takes it several times and copying a struct would touch all its
/// fields.
package final class Rulebook: Sendable {
    package let clusters: [Cluster]
    package let ipTypes: [String]
    package let policy: Policy
    package let reconcile: ReconcileSettings
    package let limits: RequestLimits
    package let statuses: StatusKinds
    /// How the members of groups are called to requests, where it is not the usual way.
    package let groupCalls: [String: GroupCalls]
    /// The freezes that stand in the configuration.
    package let freezes: [Freeze]
    /// The zone of days and times where a person's own is not known.
    package let zone: TimeZone
    /// The words that people type before a command, for examples: `/cluster`.
    package let commandWords: CommandWords
    package let grammar: Grammar

    package init(
        clusters: [Cluster],
        ipTypes: [String],
        policy: Policy,
        reconcile: ReconcileSettings,
        limits: RequestLimits = RequestLimits(),
        statuses: StatusKinds = StatusKinds(),
        groupCalls: [String: GroupCalls] = [:],
        freezes: [Freeze] = [],
        zone: TimeZone = .gmt,
        commandWords: CommandWords
    ) {
        self.clusters = clusters
        self.ipTypes = ipTypes
        self.policy = policy
        self.reconcile = reconcile
        self.limits = limits
        self.statuses = statuses
        self.groupCalls = groupCalls
        self.freezes = freezes
        self.zone = zone
        self.commandWords = commandWords
        grammar = Grammar(
            clusters: clusters,
            freezes: freezes.map(\.name),
            ipTypes: ipTypes,
            commandWords: commandWords
        )
    }

    /// Creates the same rules with what is known of user groups.
    private init(_ rules: Rulebook, _ policy: Policy) {
        clusters = rules.clusters
        ipTypes = rules.ipTypes
        self.policy = policy
        reconcile = rules.reconcile
        limits = rules.limits
        statuses = rules.statuses
        groupCalls = rules.groupCalls
        freezes = rules.freezes
        zone = rules.zone
        commandWords = rules.commandWords
        grammar = rules.grammar
    }

    /// Returns the same rules with what is known of user groups now.
    func knowing(_ answers: [UserGroup: UserGroups.Answer]) -> Rulebook { Rulebook(self, policy.knowing(answers)) }

    func cluster(_ id: Int) -> Cluster? { clusters.first { $0.id == id } }

    /// Returns a stored cluster as it is configured now; if it no longer is, as it was stored.
    func present(_ stored: Cluster) -> Cluster { cluster(stored.id) ?? stored }

    /// Returns what the policy says to a change by the person behind the account, the cluster's labels and the rules as
    /// they are now, not as they were when it was asked.
    func decide(_ change: Change) -> Decision { policy.decide(request(change)) }

    /// Returns the question to the policy that a change is.
    func request(_ change: Change) -> Policy.Request {
        Policy.Request(
            actor: policy.asListedNow(change.requester),
            channel: change.channel,
            right: change.action,
            cluster: present(change.cluster),
            parameters: change.parameters,
            unread: change.parameters.isEmpty ? change.askedChange.unread : []
        )
    }

    /// Returns what the policy says to somebody's request as it is asked. Amounts that only a read shows are checked
    /// later.
    func decide(_ asked: AskedChange, by actor: Actor, in channel: Channel) -> Decision {
        policy.decide(Self.request(asked, by: actor, in: channel))
    }

    /// Returns the question to the policy that an asked change is.
    package static func request(_ asked: AskedChange, by actor: Actor, in channel: Channel?) -> Policy.Request {
        let unread = asked.unread
        return Policy.Request(
            actor: actor,
            channel: channel,
            right: asked.action,
            cluster: asked.cluster,
            parameters: unread.isEmpty ? asked.arguments : [:],
            unread: unread
        )
    }
}
