/// The reason why a plan cannot be made from what was read. The text is for people.
package struct PlanProblem: Error, Hashable, Sendable {
    package let message: String
    /// Whether something else has to be chosen: the same request would fail again.
    package let isAboutChoice: Bool

    package init(_ message: String, isAboutChoice: Bool = false) {
        self.message = message
        self.isAboutChoice = isAboutChoice
    }
}
