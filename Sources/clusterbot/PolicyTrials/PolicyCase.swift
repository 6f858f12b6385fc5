import ConfigurationTree

/// One line of a table of decisions: who says what where, and what the policy must say to it.
struct PolicyCase: Sendable {
    /// The expectation: the least that any rule that matches needs, or that it is refused.
    enum Expectation: String, CaseIterable, Sendable { case none, confirmation, approvals, refused }

    let place: Place
    /// A configured person's name, or an account in full.
    let somebody: String
    /// A configured channel's name, or a channel in full.
    let channel: String?
    let line: String
    let groups: [String]
    let expected: Expectation
    /// The rule that must decide; nil: any.
    let rule: String?
}
