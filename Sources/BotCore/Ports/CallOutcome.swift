/// The outcome of one sending, as far as it is proved.
package enum CallOutcome: Hashable, Sendable {
    /// The API's documented success was read whole. The text says what it reported.
    case accepted(String)
    /// The API refused definitely, in its own form. The text says why.
    case refused(String)
    /// The request certainly never left. The text says why.
    case notSent(String)
    /// Everything else: nobody knows whether it was carried out. The text says what was seen.
    case unknown(String)
}
