/// What one sending showed.
package enum CallOutcome: Hashable, Sendable {
    /// The API's documented success, read whole. The text says what it reported.
    case accepted(String)
    /// A definite no in the API's own form. The text says why.
    case refused(String)
    /// The request certainly never left. The text says why.
    case notSent(String)
    /// Everything else. The text says what was seen.
    case unknown(String)
}
