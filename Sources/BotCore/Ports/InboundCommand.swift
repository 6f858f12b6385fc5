/// A command that came in through a platform's webhook: signed, from a configured workspace, decoded to plain text.
package struct InboundCommand: Sendable {
    /// Names this delivery among all of its platform; the same for every repetition of it.
    package let deliveryKey: String
    package let account: Account
    /// What the platform calls them. Decoration only.
    package let displayName: String
    package let channel: Channel
    /// Whether only the person and the bot are there.
    package let isDirect: Bool
    package let text: String
    /// When it was typed, by the platform's signed clock.
    package let typedAt: Timestamp
    /// See ``Change/replyHandle``.
    package let replyHandle: String?
    /// Names the request that brought it, in every line of the log that comes of it.
    package let request: String?

    package init(
        deliveryKey: String,
        account: Account,
        displayName: String,
        channel: Channel,
        isDirect: Bool,
        text: String,
        typedAt: Timestamp,
        replyHandle: String?,
        request: String? = nil
    ) {
        self.deliveryKey = deliveryKey
        self.account = account
        self.displayName = displayName
        self.channel = channel
        self.isDirect = isDirect
        self.text = text
        self.typedAt = typedAt
        self.replyHandle = replyHandle
        self.request = request
    }
}
