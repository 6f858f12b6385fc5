/// The permission of a request by one rule, with what it needs.
package struct Permit: Hashable, Sendable {
    package let rule: String
    package let needs: Needs
    /// The requiring rules that added to its needs, by name.
    package let floors: [String]

    package init(rule: String, needs: Needs, floors: [String] = []) {
        self.rule = rule
        self.needs = needs
        self.floors = floors
    }

    /// The rules in words: `the rule “a”`, or `the rule “a” together with “b”`.
    package var sentence: String {
        "the rule “\(rule)”"
            + (floors.isEmpty ? "" : " together with " + floors.map { "“\($0)”" }.joined(separator: " and "))
    }
}
