/// The reason why a request is not allowed. The text is for people.
package struct Refusal: Hashable, Sendable {
    package let reason: String
    /// The rule that forbids it; nil if only no rule allows it.
    package let rule: String?

    package init(reason: String, rule: String? = nil) {
        self.reason = reason
        self.rule = rule
    }
}
