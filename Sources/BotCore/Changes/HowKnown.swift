/// The source from which an outcome is known.
package enum HowKnown: String, Sendable, Hashable {
    /// The API's own definite reply.
    case answer
    /// Two reads of the cluster that agree.
    case readBack = "read_back"
    /// A person's verdict.
    case person
    /// The request certainly never left.
    case notSent = "not_sent"
}
