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
