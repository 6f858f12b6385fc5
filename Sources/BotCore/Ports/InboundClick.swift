/// A click on one of the bot's buttons. The button's content is only a claim: everything is decided anew from the
/// store.
package struct InboundClick: Sendable {
    package let deliveryKey: String
    package let account: Account
    package let displayName: String
    package let channel: Channel
    /// The kind of the button: one of ``Message/Button/Kind`` if the bot made it.
    package let button: String
    /// The value of the button: a ``ButtonValue`` if the bot made it.
    package let value: String
    package let clickedAt: Timestamp
    package let replyHandle: String?
    /// The id of the request that brought it, for every line of the log that comes of it.
    package let request: String?

    package init(
        deliveryKey: String,
        account: Account,
        displayName: String,
        channel: Channel,
        button: String,
        value: String,
        clickedAt: Timestamp,
        replyHandle: String?,
        request: String? = nil
    ) {
        self.deliveryKey = deliveryKey
        self.account = account
        self.displayName = displayName
        self.channel = channel
        self.button = button
        self.value = value
        self.clickedAt = clickedAt
        self.replyHandle = replyHandle
        self.request = request
    }
}
