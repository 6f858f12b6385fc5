import BotCore

/// What came of a decision: a sentence for whoever decided, in which back-ticks mark code.
enum DecisionResult: Hashable, Sendable {
    case done(String)
    /// Nothing was done. The sentence says why.
    case notDone(String)

    /// The answer to whoever typed it.
    var sentence: String {
        switch self {
        case .done(let text): "Done: \(text)"
        case .notDone(let text): text
        }
    }
}
