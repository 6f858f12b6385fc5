/// The reason why a typed text is not a command, and an example of what would be right. Both are shown to the person
/// who typed it.
package struct WrongInput: Error, Hashable, Sendable {
    /// One sentence that says what is wrong.
    package let problem: String
    /// A command, without the leading `/cluster`, that would be right.
    package let example: String

    package init(_ problem: String, example: String) {
        self.problem = problem
        self.example = example
    }
}
