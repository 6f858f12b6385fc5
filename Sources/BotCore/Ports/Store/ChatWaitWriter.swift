/// What can be done to the pauses that chat platforms asked for.
package protocol ChatWaitWriter: ChatWaitReader {
    /// Keeps a pause, in place of an earlier one for the same.
    func save(_ wait: ChatWait) throws
    /// Forgets pauses that are over.
    func forgetChatWaits(until now: Timestamp) throws
}
