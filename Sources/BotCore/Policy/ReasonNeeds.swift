/// The actions that are asked for with a reason, and what it must contain: `reason` of the configuration.
package struct ReasonNeeds: Hashable, Sendable {
    /// The actions.
    package let required: Set<String>
    /// A regular expression that must fit somewhere in the reason, such as the number of a ticket; nil: any reason will do.
    package let pattern: String?

    package static let none = ReasonNeeds(required: [], pattern: nil)

    package init(required: Set<String>, pattern: String?) {
        self.required = required
        self.pattern = pattern
    }

    /// Returns what a request lacks, as the end of a sentence: `needs a reason`; nil if it lacks nothing.
    package func lack(of action: String, reason: String?) -> String? {
        guard required.contains(action) else { return nil }
        guard let pattern else { return reason == nil ? "needs a reason" : nil }
        // `check` has tried the pattern. One that is none is met by nothing.
        if let reason, let expression = try? Regex(pattern), reason.contains(expression) { return nil }
        return "needs a reason in which `\(pattern)` is found, such as the number of a ticket"
    }
}
