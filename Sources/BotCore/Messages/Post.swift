/// A message that shall be somewhere: wanted state, not a queue of texts. Rendered from the change when it is sent.
package struct Post: Hashable, Sendable {
    /// The place of a message, which says what the message shows.
    package enum Place: Hashable, Sendable {
        /// The change's card in the conversation, edited as the change goes on.
        case conversation
        /// The line that stands in the conversation while the change is being prepared, until its card replaces it.
        case looking
        /// A copy of the card in a channel where a group is asked, edited together with it.
        case copy(Channel)
        /// A new message in this channel for those who can still decide. A change has one in a channel at most.
        case reminder(Channel)
        /// A new message in the history channel about the entry with this number. Never edited.
        case history(seq: Int)
        /// A new message in the conversation about the entry with this number, where an edit would not be noticed, or where
        /// the entry is about no change.
        case notice(seq: Int)
    }

    /// The change that it is about; nil for what is about none, such as a lock.
    package let change: Int?
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

    package init(change: Int?, place: Place, channel: Channel, asker: String, wanted: Int, nextTry: Timestamp) {
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
