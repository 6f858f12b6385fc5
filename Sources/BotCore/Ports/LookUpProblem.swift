/// The reason why it is not known who is in a user group.
package enum LookUpProblem: Error, Hashable, Sendable {
    /// It may work later: a time-out, a 5xx, a failed connection. The sentence says what happened.
    case noAnswer(String)
    /// The platform asks to wait for this time.
    case rateLimited(Duration)
    /// It does not work until somebody changes something. The sentence says what to do; it holds no secret.
    case refused(String)

    /// What is wrong and what to do about it, for people.
    package var sentence: String {
        switch self {
        case .noAnswer(let sentence): "\(sentence) Try again in a minute."
        case .rateLimited(let pause): "The chat platform was asked too often. Try again in \(pause.spoken)."
        case .refused(let sentence): sentence
        }
    }

    /// A word for metrics.
    package var word: String {
        switch self {
        case .noAnswer: "no_answer"
        case .rateLimited: "rate_limited"
        case .refused: "refused"
        }
    }

    /// The words for metrics, with that for a look-up that gave an answer.
    package static let outcomes = ["answered", "no_answer", "rate_limited", "refused"]
}
