/// The needs of a permitted change: what must come before it may be sent.
package enum Needs: Hashable, Sendable {
    case nothing
    /// The requester confirms the plan.
    case confirmation
    case approvals(ApprovalNeeds)
}
