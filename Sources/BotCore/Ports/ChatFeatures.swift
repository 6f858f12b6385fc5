/// What a chat platform can do in a channel. The engine asks for it and assumes nothing.
package struct ChatFeatures: Hashable, Sendable {
    /// Whether messages can be edited. Where they cannot, every update is a new message, and the platform takes only a few:
    /// the engine then says only what somebody must act on or wait for.
    package var edits: Bool
    /// Whether messages carry buttons. Where they do not, people type what stands below the message.
    package var buttons: Bool
    /// Whether something can be said that only one person sees.
    package var privateAnswers: Bool
    /// The least time from one new message in a channel to the next.
    package var pace: Duration

    package init(edits: Bool, buttons: Bool, privateAnswers: Bool, pace: Duration) {
        self.edits = edits
        self.buttons = buttons
        self.privateAnswers = privateAnswers
        self.pace = pace
    }
}
