/// What somebody typed, understood.
package enum Command: Hashable, Sendable {
    case change(AskedChange)
    case help(topic: String?)
    case list
    case pending
    /// - digest: the first digits of the plan's digest that were typed, in lower case, at least
    ///   ``Grammar/fewestDigits``; nil where none were. The engine refuses it where they do not fit.
    case approve(change: Int, comment: String?, digest: String?)
    case deny(change: Int, reason: String?)
    case cancel(change: Int)
    case confirm(change: Int, digest: String?)
    case resolve(change: Int, succeeded: Bool, reason: String)
    case show(change: Int)
    case status(cluster: Cluster)
    case history(cluster: Cluster?, count: Int)
    case why(AskedChange)
    case whoCanApprove(AskedChange)
    case whoami
    case version
}

extension Command {
    /// The change on which it decides; nil if it decides on none.
    package var decidedChange: Int? {
        switch self {
        case .approve(let id, _, _), .deny(let id, _), .cancel(let id), .confirm(let id, _), .resolve(let id, _, _): id
        default: nil
        }
    }
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

    /// It could be typed like this, without options: `42 scale_cluster additional_nodes=4`.
    package var commandLine: String {
        guard let spec, !spec.isRelative(arguments) else {
            let words = spec.map { $0.asked(arguments) } ?? action
            return "\(cluster.id) \(words)"
        }
        let fields = spec.fields.compactMap { field in
            arguments[field.name].map { " \(field.name)=\($0.listed.replacing(", ", with: ","))" }
        }
        return "\(cluster.id) \(spec.name)\(fields.joined())"
    }

    /// What was understood, without options: `42 prod-train: add 4 nodes`.
    package var title: String { "\(cluster.title): \(spec?.asked(arguments) ?? action)" }
}
