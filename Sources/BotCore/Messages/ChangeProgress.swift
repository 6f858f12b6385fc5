/// The state of a change for a person who waits for its end.
package struct ChangeProgress: Hashable, Sendable {
    package let change: Int
    package let state: ChangeState
    /// The change's message as it is now, without buttons.
    package let message: Message
    /// Names what is shown here: it is another text whenever there is something new to show.
    package let version: String
    /// The value of the button with which this person confirms the plan in the message; nil if it is not theirs to
    /// confirm.
    package let confirmation: String?
    /// Whether it waits for approvals by others.
    package let needsApprovals: Bool
    /// Whether its card stands in its channel with the plan. Nobody can approve it before.
    package let isCardPosted: Bool
    /// The change that took its place; nil if none did.
    package let replacedBy: Int?

    package init(
        change: Int,
        state: ChangeState,
        message: Message,
        version: String,
        confirmation: String?,
        needsApprovals: Bool,
        isCardPosted: Bool,
        replacedBy: Int?
    ) {
        self.change = change
        self.state = state
        self.message = message
        self.version = version
        self.confirmation = confirmation
        self.needsApprovals = needsApprovals
        self.isCardPosted = isCardPosted
        self.replacedBy = replacedBy
    }
}
