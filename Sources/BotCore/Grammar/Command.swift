/// What somebody typed, understood.
package enum Command: Hashable, Sendable {
    case change(AskedChange)
    case help(topic: String?)
    case list
    case pending
    case approve(change: Int, comment: String?)
    case deny(change: Int, reason: String?)
    case cancel(change: Int)
    case confirm(change: Int)
    case resolve(change: Int, succeeded: Bool, reason: String)
    case show(change: Int)
    case status(cluster: Cluster)
    case history(cluster: Cluster?, count: Int)
    case why(AskedChange)
    case whoCanApprove(AskedChange)
    case whoami
    case version
}

/// A change of a cluster that somebody asks for.
package struct AskedChange: Hashable, Sendable {
    package let cluster: Cluster
    /// The API's name of the action.
    package let action: String
    /// The body's fields, or what they are worked out from; see ``ActionSpec/parse``.
    package let arguments: [String: JSONValue]
    package let reason: String?
    /// `--plan`: say what would be done and decided, and do nothing.
    package let planOnly: Bool

    package init(
        cluster: Cluster,
        action: String,
        arguments: [String: JSONValue],
        reason: String? = nil,
        planOnly: Bool = false
    ) {
        self.cluster = cluster
        self.action = action
        self.arguments = arguments
        self.reason = reason
        self.planOnly = planOnly
    }

    package var spec: ActionSpec? { ActionCatalogue.action(named: action) }

    /// The command as it was understood, without options: `42 scale 4`.
    package var title: String { "\(cluster.title): \(spec?.asked(arguments) ?? action)" }
}
