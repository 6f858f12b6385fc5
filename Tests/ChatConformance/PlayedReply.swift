/// What a platform answers to what the bot says.
package enum PlayedReply: Hashable, Sendable, CaseIterable {
    /// It is posted, edited or told.
    case taken
    /// Too fast; wait for 30 seconds.
    case tooFast
    /// The message that is to be edited is gone.
    case vanished
    /// The bot may not speak in this channel.
    case closedChannel
    case badCredentials
    case refusedLayout
    case serverError
}
