/// The kind of a call to a chat platform. Platforms ask for pauses for one kind in one channel.
package enum ChatMethod: String, Hashable, Sendable, CaseIterable {
    /// It posts a new message.
    case post
    /// It edits a message.
    case update
    /// It removes a message.
    case remove
    /// It tells one person something.
    case tell
}
