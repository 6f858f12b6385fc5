/// The reason why it is not known what a history channel remembers.
package enum ReadBackProblem: Error, Hashable, Sendable {
    /// It may work later: a time-out, a 5xx, a failed connection. The sentence says what happened.
    case noAnswer(String)
    /// The platform asks to wait for this time.
    case rateLimited(Duration)
    /// The platform answered, and nothing can be read from that until somebody changes something. The sentence says what to
    /// do; it holds no secret.
    case unusable(String)
    /// The platform does not let the bot read there. The sentence says what to do; it holds no secret.
    case notAllowed(String)

    /// What is wrong and what to do about it, for people.
    package var sentence: String {
        switch self {
        case .noAnswer(let sentence), .unusable(let sentence), .notAllowed(let sentence): sentence
        case .rateLimited(let pause): "The platform asked to wait \(pause.spoken)."
        }
    }
}
