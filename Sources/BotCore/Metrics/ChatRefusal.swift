/// A reason why a chat platform refused a request, as a metric says it: few words, the same for every platform.
package enum ChatRefusal: String, Sendable, CaseIterable {
    /// The bot is not in the channel, or it is archived, or apps may not write there.
    case channel
    /// The token is wrong, revoked, or of another workspace.
    case credentials
    /// The platform does not take the message as it is.
    case message
    /// A message that was to be edited is gone.
    case messageGone = "message_gone"
    /// Any other reason.
    case other
    case rateLimited = "rate_limited"
    /// A reply address is used up.
    case replyUsedUp = "reply_used_up"
    /// The app lacks a right.
    case scope
    /// The platform has a fault of its own: 5xx, `internal_error`.
    case server
}
