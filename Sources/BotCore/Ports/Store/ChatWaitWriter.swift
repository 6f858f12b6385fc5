/// Writes the pauses that chat platforms asked for.
package protocol ChatWaitWriter: ChatWaitReader {
    /// Stores a pause, in place of an earlier one for the same method and channel.
    func save(_ wait: ChatWait) throws
    /// Forgets pauses that are over at this moment.
    func forgetChatWaits(until now: Timestamp) throws
}
