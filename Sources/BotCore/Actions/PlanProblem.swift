/// The reason why a plan cannot be made from what was read. The text is for people.
package struct PlanProblem: Error, Hashable, Sendable {
    package let message: String

    package init(_ message: String) { self.message = message }
}
