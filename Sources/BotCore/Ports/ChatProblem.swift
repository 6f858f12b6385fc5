/// The reason why a platform did not take a message.
package enum ChatProblem: Error, Hashable, Sendable {
    /// The bot may not post in this channel. The text says what a person can do about it.
    case cannotPostHere(String)
    /// The platform asks to wait for this time.
    case rateLimited(Duration)
    /// It may work later: a time-out, a 5xx, a failed connection. The text is for logs.
    case transient(String)
    /// It does not work until somebody changes something: the platform refuses the credentials or the request. The text
    /// is for logs.
    case permanent(String)
    /// The platform does not take the message in this layout; another one may do. The text is for logs.
    case layoutRefused(String)
    /// The message to edit is gone or can no longer be edited.
    case messageGone
}
