/// A message that shall be somewhere: wanted state, not a queue of texts. Rendered from the change when it is sent.
package struct Post: Hashable, Sendable {
    /// The place of a message, which says what the message shows.
    package enum Place: Hashable, Sendable {
        /// The message in the conversation, edited as the change goes on.
        case conversation
        /// A new message in the history channel about the entry with this number. Never edited.
        case history(seq: Int)
        /// A new message in the conversation about the entry with this number, where an edit would not be noticed.
        case notice(seq: Int)
    }

    package let change: Int
    package let place: Place
    package var channel: Channel
    /// Whose request it is about: ``Actor/key``. People are served in turn.
    package let asker: String
    /// The change's revision that shall be shown at the least.
    package var wanted: Int
    /// The revision that is shown; 0 before the first.
    package var posted: Int
    /// The platform's id of the message, once there is one.
    package var messageID: String?
    /// Failed tries since the last success.
    package var tries: Int
    package var nextTry: Timestamp
    /// The revision that its requester was told elsewhere, because the channel takes nothing; 0: none.
    package var told: Int
    /// Whether the message shows the plan. Only what was shown can be agreed to.
    package var showsPlan: Bool

    package init(change: Int, place: Place, channel: Channel, asker: String, wanted: Int, nextTry: Timestamp) {
        self.change = change
        self.place = place
        self.channel = channel
        self.asker = asker
        self.wanted = wanted
        posted = 0
        tries = 0
        told = 0
        showsPlan = false
        self.nextTry = nextTry
    }
}
