/// The reason why a request is not allowed. The texts are for people.
package struct Refusal: Hashable, Sendable {
    package let reason: String
    /// The rule that forbids it; nil if only no rule allows it.
    package let rule: String?
    /// What would be allowed, or what to do; nil where nothing is known.
    package let fix: String?

    package init(reason: String, rule: String? = nil, fix: String? = nil) {
        self.reason = reason
        self.rule = rule
        self.fix = fix
    }
}
