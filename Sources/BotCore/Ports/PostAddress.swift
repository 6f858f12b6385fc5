/// The address of a message.
package struct PostAddress: Hashable, Sendable {
    package let channel: Channel
    /// See ``Change/replyHandle``; used where the bot has no token, and for private messages to one person.
    package let replyHandle: String?

    package init(channel: Channel, replyHandle: String? = nil) {
        self.channel = channel
        self.replyHandle = replyHandle
    }
}
