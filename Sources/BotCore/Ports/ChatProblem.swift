/// Why something could not be said.
package enum ChatProblem: Error, Hashable, Sendable {
    /// The bot may not post in this channel. The text says what a person can do about it.
    case cannotPostHere(String)
    /// Too fast; try again after this time.
    case rateLimited(Duration)
    /// May work later: time-outs, 5xx, connection failures. The text is for logs.
    case transient(String)
    /// Will never work as it is: the platform refuses the credentials, or what was asked. The text is for logs.
    case permanent(String)
    /// The platform does not take the message in this layout; another one may do. The text is for logs.
    case layoutRefused(String)
    /// The message to edit is gone or can no longer be edited.
    case messageGone
}
