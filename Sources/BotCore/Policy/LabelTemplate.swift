/// A name of a group or channel in which `{label}` stands for the target cluster's value of that label: `{team}-leads`.
package struct LabelTemplate: Hashable, Sendable {
    private enum Part: Hashable {
        case text(String)
        case label(String)
    }

    private let parts: [Part]

    /// Reads a name with at least one label in it.
    /// - Returns: nil for a name without a label, and where the braces do not stand around the names of labels.
    package init?(_ name: String) {
        var parts: [Part] = []
        var rest = name[...]
        while let open = rest.firstIndex(of: "{") {
            parts.append(.text(String(rest[..<open])))
            guard let close = rest[open...].firstIndex(of: "}") else { return nil }
            let label = rest[rest.index(after: open)..<close]
            guard !label.isEmpty, !label.contains("{"), !label.contains(where: \.isWhitespace) else { return nil }
            parts.append(.label(String(label)))
            rest = rest[rest.index(after: close)...]
        }
        parts.append(.text(String(rest)))
        guard parts.count > 1,
            !parts.contains(where: { if case .text(let text) = $0 { text.contains("}") } else { false } })
        else { return nil }
        self.parts = parts
    }

    /// Whether a name of the configuration is meant as a template. No group and no channel has a brace in its name.
    package static func isMeant(by name: String) -> Bool { name.contains { $0 == "{" || $0 == "}" } }

    /// The labels that it names, in their order.
    package var labels: [String] {
        parts.compactMap { if case .label(let label) = $0 { label } else { nil } }
    }

    /// Returns the name for a cluster; nil if the cluster lacks one of the labels.
    package func filled(for cluster: Cluster) -> String? {
        var name = ""
        for part in parts {
            switch part {
            case .text(let text): name += text
            case .label(let label):
                guard let value = cluster.labels[label] else { return nil }
                name += value
            }
        }
        return name
    }

    /// Returns what a name of the configuration stands for on a cluster: itself, unless it is a template. Where a template
    /// cannot be filled it stands for itself, too, and no group and no channel has that name.
    package static func name(_ name: String, on cluster: Cluster?) -> String {
        guard isMeant(by: name), let cluster else { return name }
        return LabelTemplate(name)?.filled(for: cluster) ?? name
    }
}
