import BotCore

/// A message as its readers see it.
package struct ShownMessage: Sendable {
    /// Every text in it, in order.
    package let texts: [String]
    /// The pieces that the platform would not show as text: mentions, links, pictures.
    package let live: [String]
    package let buttons: [Message.Button.Kind]
    /// The id of the message that it replaces; nil for a new one.
    package let edits: String?
    /// Whether only the person sees it to whom it is told.
    package let isPrivate: Bool
    /// Whether the platform would refuse it for its length.
    package let isTooLong: Bool

    package init(
        texts: [String],
        live: [String],
        buttons: [Message.Button.Kind],
        edits: String?,
        isPrivate: Bool,
        isTooLong: Bool
    ) {
        self.texts = texts
        self.live = live
        self.buttons = buttons
        self.edits = edits
        self.isPrivate = isPrivate
        self.isTooLong = isTooLong
    }
}
