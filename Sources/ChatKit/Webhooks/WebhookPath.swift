/// The path of a webhook. A part in braces stands for any one part: `/bots/{bot}/events`.
package struct WebhookPath: Hashable, Sendable, CustomStringConvertible {
    private enum Part: Hashable, Sendable {
        case exactly(String)
        case any(name: String)
    }

    private let parts: [Part]
    /// The path as it was written.
    package let description: String

    /// - Parameter text: begins with a slash.
    package init(_ text: String) {
        description = text
        parts = text.split(separator: "/").map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .any(name: String(part.dropFirst().dropLast())) : .exactly(String(part))
        }
    }

    /// Whether only one path fits.
    package var isExact: Bool {
        parts.allSatisfy { if case .exactly = $0 { true } else { false } }
    }

    /// Returns the parts in braces by their names, as they stand in the path, not decoded; nil if the path does not
    /// fit.
    package func parameters(in path: String) -> [String: String]? {
        let given = path.split(separator: "/")
        guard given.count == parts.count else { return nil }
        var parameters: [String: String] = [:]
        for (part, text) in zip(parts, given) {
            switch part {
            case .exactly(let wanted): guard wanted == text else { return nil }
            case .any(let name): parameters[name] = String(text)
            }
        }
        return parameters
    }
}
