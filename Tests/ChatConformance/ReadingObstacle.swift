/// What keeps a channel from being read back.
package enum ReadingObstacle: Hashable, Sendable {
    /// The bot may not read there until somebody gives it the right.
    case notAllowed
    /// Too fast; wait for 30 seconds.
    case tooFast
    case badCredentials
    case serverError
    /// An answer that says nothing of messages.
    case nonsense
}
