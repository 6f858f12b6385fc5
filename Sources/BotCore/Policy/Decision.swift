/// The policy's decision on one request.
package enum Decision: Hashable, Sendable {
    /// It is allowed once the needs of any one of these permits are met.
    case allowed([Permit])
    case refused(Refusal)
}
