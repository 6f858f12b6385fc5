/// The way in which a command is typed, and what the help shows of it.
package struct CommandForm: Hashable, Sendable {
    /// The place where a command's words may stand.
    package enum Place: Hashable, Sendable {
        /// `pending`
        case first
        /// `42 status`
        case behindCluster
        /// `history` and `42 history`
        case either
    }

    /// The line of the help that shows a command.
    package enum Topic: String, Hashable, Sendable, CaseIterable {
        case look = "Look"
        case decide = "Decide"
        case close = "Close"
        case rights = "Rights"
    }

    /// The command's words in lower case: `["who", "can", "approve"]`.
    package let words: [String]
    /// What it is for, as the help says it behind an example.
    package let summary: String
    package let place: Place
    /// The line of the help that shows a command; nil: the help does not show it.
    package let topic: Topic?
    /// The lines that can be typed, as examples; `{cluster}` stands for a cluster's id.
    package let examples: [String]
    /// Whether another command stands behind its words: `why 42 restart cluster`.
    package let isAboutCommand: Bool
    /// Whether the number of a change stands behind its words: `show 17`.
    package let isAboutChange: Bool

    package init(
        _ words: String...,
        summary: String,
        place: Place = .first,
        topic: Topic? = nil,
        examples: [String] = [],
        isAboutCommand: Bool = false,
        isAboutChange: Bool = false
    ) {
        self.words = words
        self.summary = summary
        self.place = place
        self.topic = topic
        self.examples = examples
        self.isAboutCommand = isAboutCommand
        self.isAboutChange = isAboutChange
    }
}
