/// What the policy says to one request.
package enum Decision: Hashable, Sendable {
    /// Allowed once the needs of any one of these are met.
    case allowed([Permit])
    case refused(Refusal)
}
