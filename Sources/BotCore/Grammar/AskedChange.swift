/// A request to change a cluster, as it was understood.
package struct AskedChange: Hashable, Sendable {
    package let cluster: Cluster
    /// The API's name of the action.
    package let action: String
    /// The body's fields, or values from which they are worked out; see ``ActionSpec/parse``.
    package let arguments: [String: JSONValue]
    package let reason: String?
    /// Whether `--plan` was given: say what would be done and decided, and do nothing.
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

    /// A line that can be typed for it, without options: `42 scale_cluster additional_nodes=4`.
    package var commandLine: String {
        guard let spec, !spec.isRelative(arguments) else {
            let words = spec.map { $0.typed(arguments) } ?? action
            return "\(cluster.id) \(words)"
        }
        let fields = spec.fields.compactMap { field in
            arguments[field.name].map { " \(field.name)=\($0.listed.replacing(", ", with: ","))" }
        }
        return "\(cluster.id) \(spec.name)\(fields.joined())"
    }

    /// The reason as it is typed behind a line, with a blank in front; empty where there is none.
    package var typedReason: String { reason.map { " --reason \"\($0.replacing("\"", with: "'"))\"" } ?? "" }

    /// A line that can be typed for it, in the words of the chat where they say it all: `42 scale 4`.
    package var typedLine: String {
        if let spec, spec.fields.isEmpty, let form = spec.forms.first { return "\(cluster.id) \(form)" }
        guard let spec, let form = spec.forms.first, spec.fields.count == 1, let field = spec.fields.first,
            let value = arguments[field.name], arguments.count == 1
        else { return commandLine }
        let numbers = (value.array ?? [value]).compactMap(\.int).map(String.init).joined(separator: " ")
        guard !numbers.isEmpty else { return commandLine }
        return "\(cluster.id) \(form.replacing(/[0-9]+( [0-9]+)*/, with: numbers, maxReplacements: 1))"
    }

    /// A line that shows what can be chosen in place of what was: `42 image`, `42 ssh-keys add`.
    package var lineForChoices: String {
        let part = ["add", "remove"].filter { arguments[$0] != nil }
        return (["\(cluster.id)"] + (spec?.words ?? []) + part).joined(separator: " ")
    }

    /// The request in words, without options: `+4 nodes on prod-train`.
    package var title: String { spec?.asked(arguments, on: cluster) ?? "\(action) on \(cluster.name)" }

    /// The body's fields, where they are worked out from what is read of the cluster; none where they were typed.
    package var unread: Set<String> {
        guard let spec, spec.isRelative(arguments) else { return [] }
        return Set(spec.fields.map(\.name))
    }
}
