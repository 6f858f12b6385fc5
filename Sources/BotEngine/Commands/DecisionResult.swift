import BotCore

/// The result of a decision: a sentence for the person who decided, in which back-ticks mark code.
enum DecisionResult: Hashable, Sendable {
    /// - Parameter next: a button for what the person may want to add.
    case done(String, next: Message.Button.Kind? = nil)
    /// Nothing was done; the sentence says why.
    case notDone(String)

    var isDone: Bool { if case .done = self { true } else { false } }

    /// The answer to the person who typed it.
    var sentence: String {
        switch self {
        case .done(let text, _): "Done: \(text)"
        case .notDone(let text): text
        }
    }
}
