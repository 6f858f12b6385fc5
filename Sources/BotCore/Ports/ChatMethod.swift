/// What a call of a chat platform does there. Platforms ask for pauses by what is done and where.
package enum ChatMethod: String, Hashable, Sendable, CaseIterable {
    /// A new message.
    case post
    /// A change of a message.
    case update
    /// Words for one person.
    case tell
}
