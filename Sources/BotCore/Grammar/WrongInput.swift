/// The reason why a typed text is not a command, and an example of what would be right. Both are shown to the person
/// who typed it.
package struct WrongInput: Error, Hashable, Sendable {
    /// One sentence that says what is wrong.
    package let problem: String
    /// A command, without the leading `/cluster`, that would be right.
    package let example: String
    /// Commands of which one is probably meant, the ``example`` first; empty where nobody can tell.
    package let offers: [OfferedLine]
    /// Whether this is wrong however else the line may be meant: a word of a later version, an option inside a reason.
    package let isSure: Bool

    package init(_ problem: String, example: String, offers: [OfferedLine] = [], isSure: Bool = false) {
        self.problem = problem
        self.example = example
        self.offers = offers
        self.isSure = isSure
    }

    /// Returns what to type instead, as people read it.
    /// - Parameter commandWord: what is typed in front: `/cluster`.
    package func remedy(_ commandWord: some CustomStringConvertible) -> String {
        let lines = (offers.isEmpty ? [example] : offers.map(\.line)).map { "`\(commandWord) \($0)`" }
        return
            "\(offers.isEmpty ? "Try:" : "Did you mean") \(lines.joined(separator: " or "))\(offers.isEmpty ? "" : "?")"
    }
}
