/// How a command is typed, and what the help shows of it.
package struct CommandForm: Hashable, Sendable {
    /// Where its words may stand.
    package enum Place: Hashable, Sendable {
        /// `pending`
        case first
        /// `42 status`
        case behindCluster
        /// `history` and `42 history`
        case either
    }

    /// The line of the help that shows it.
    package enum Topic: String, Hashable, Sendable, CaseIterable {
        case look = "Look"
        case decide = "Decide"
        case rights = "Rights"
    }

    /// In lower case: `["who", "can", "approve"]`.
    package let words: [String]
    package let place: Place
    /// Nil: the help does not show it.
    package let topic: Topic?
    /// Lines that can be typed; `{cluster}` stands for a cluster's id.
    package let examples: [String]

    package init(_ words: String..., place: Place = .first, topic: Topic? = nil, examples: [String] = []) {
        self.words = words
        self.place = place
        self.topic = topic
        self.examples = examples
    }
}
