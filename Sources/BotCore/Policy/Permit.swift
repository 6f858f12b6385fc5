/// The permission of a request by one rule, with what it needs.
package struct Permit: Hashable, Sendable {
    package let rule: String
    package let needs: Needs

    package init(rule: String, needs: Needs) {
        self.rule = rule
        self.needs = needs
    }
}
