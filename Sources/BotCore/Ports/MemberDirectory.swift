/// The members of a chat platform's user groups, as the engine needs them.
package protocol MemberDirectory: Sendable {
    /// Asks the platform who is in a user group. Guests, deactivated accounts, bots and members of other workspaces are
    /// left out, and so is everybody of whom the platform does not say that they are none of these.
    /// - Throws: why there is no answer. Half an answer is none.
    func members(of group: UserGroup) async throws(LookUpProblem) -> Set<Account>
}
