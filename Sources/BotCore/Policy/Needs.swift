/// What a permitted change still needs before it may be sent.
package enum Needs: Hashable, Sendable {
    case nothing
    /// The requester confirms what is shown.
    case confirmation
    case approvals(ApprovalNeeds)
}
