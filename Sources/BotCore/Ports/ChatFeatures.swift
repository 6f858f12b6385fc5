/// The features of a chat platform in one channel. The engine asks for them and assumes none.
package struct ChatFeatures: Hashable, Sendable {
    /// Whether messages can be edited. Where they cannot, every update is a new message, and the platform takes only a
    /// few: then the engine posts only what somebody must act on or waits for.
    package var edits: Bool
    /// Whether messages have buttons. Where they do not, people type the command that the message names.
    package var buttons: Bool
    /// Whether a message can be seen by one person only.
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
