/// A command that came in through a platform's webhook: signed, from a configured workspace, decoded to plain text.
package struct InboundCommand: Sendable {
    /// The idempotency key of the delivery: the same for every redelivery, and no other delivery of the platform has
    /// it.
    package let deliveryKey: String
    /// Whether the same key can come again to be tried anew, as long as nothing has come of it: an offer that was refused.
    package let canBeTriedAgain: Bool
    package let account: Account
    /// The person's name on the platform. It is decoration only.
    package let displayName: String
    package let channel: Channel
    /// Whether only the person and the bot are in the channel.
    package let isDirect: Bool
    package let text: String
    /// The moment when it was typed, by the platform's signed clock.
    package let typedAt: Timestamp
    /// See ``Change/replyHandle``.
    package let replyHandle: String?
    /// Whether the person sees the plan where they type, so that their confirmation needs no card.
    package let seesPlans: Bool
    /// The id of the request that brought it, for every line of the log that comes of it.
    package let request: String?

    package init(
        deliveryKey: String,
        canBeTriedAgain: Bool = false,
        account: Account,
        displayName: String,
        channel: Channel,
        isDirect: Bool,
        text: String,
        typedAt: Timestamp,
        replyHandle: String?,
        seesPlans: Bool = false,
        request: String? = nil
    ) {
        self.deliveryKey = deliveryKey
        self.canBeTriedAgain = canBeTriedAgain
        self.account = account
        self.displayName = displayName
        self.channel = channel
        self.isDirect = isDirect
        self.text = text
        self.typedAt = typedAt
        self.replyHandle = replyHandle
        self.seesPlans = seesPlans
        self.request = request
    }
}
