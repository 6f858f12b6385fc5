/// What is known of the history channels since the start.
enum ChannelStanding: Hashable, Sendable {
    /// They are being read back; nothing is sent yet.
    case isBeingRead
    /// What they tell was compared, or it cannot be and nothing speaks against going on.
    case isPassed
    /// They do not answer, and the store is not as the process before left it: nothing is sent before they do. The sentence
    /// says so.
    case isAwaited(String)
}
