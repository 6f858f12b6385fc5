/// Reads whether anything may be sent, and what is known of the history channels that tell.
package protocol OwnershipReader {
    /// Returns the hold because of which nothing may be sent until a person has looked; nil if there is none.
    func hold() throws -> StoreHold?
    func identity() throws -> StoreIdentity
    /// Returns whether the store may have been put back: an opening found it in another file than the one before, or nothing
    /// beside it that knew its end. Then the history channels must have answered before anything is sent: what they tell, or
    /// that they cannot be read.
    func isSuspect() throws -> Bool
    /// Returns the place up to which a history channel was found to fit this store; nil before the first time. See
    /// ``ReadBack/place``.
    func comparedPlace(in channel: Channel) throws -> String?
    /// Returns the history channels of the process before, sorted by name; nil where none has said which it had.
    func historyChannels() throws -> [Channel]?
    /// Returns whether somebody has let changes be sent again although a channel knows this head.
    func isReleased(_ head: HistoryHead) throws -> Bool
}
