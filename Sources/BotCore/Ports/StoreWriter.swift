/// What can be done in a transaction.
package protocol StoreWriter: StoreReader {
    /// Does something once this transaction is durable and its caller is going to hear so; not if it failed, or nobody knows
    /// whether it is stored. Runs on the storing thread, before all callers that share the commit: it must not block.
    func whenStored(_ effect: @escaping @Sendable () -> Void)
    /// Which opening of the store this is. It counts up, so that what an earlier owner left is told from one's own.
    func fence() throws -> Int
    /// Lets changes be sent again after a hold.
    func endHold() throws
    /// The number of the next change.
    func nextChangeID() throws -> Int
    func insert(_ change: Change) throws
    /// Stores a change that was read in this transaction; throws ``StoreError/conflict`` if it is not there.
    func update(_ change: Change) throws
    /// The next place in the order of becoming ready.
    func nextReadyOrder() throws -> Int
    /// Adds a decision; false if that person (or that account, for a person nobody lists) has decided already.
    func insert(_ approval: Approval) throws -> Bool
    /// Adds the one intent of a change; throws ``StoreError/conflict`` if there is one.
    func insert(_ intent: Intent) throws
    func update(_ intent: Intent) throws
    /// Chains an entry to the history.
    @discardableResult
    func append(_ entry: HistoryEntry) throws -> HistoryHead
    /// Adds or replaces a post, by change and place.
    func save(_ post: Post) throws
    /// Lets posts that wait after failed tries be tried at once, in one channel or (nil) everywhere.
    func endBackoffs(in channel: Channel?, at now: Timestamp) throws
    /// Keeps a pause, in place of an earlier one for the same.
    func save(_ wait: ChatWait) throws
    /// Forgets pauses that are over.
    func forgetChatWaits(until now: Timestamp) throws
    /// Notes whose approvals were enough when the change was sent.
    func markCounted(_ people: Set<String>, change: Int) throws
    /// Remembers the answer that was given to a delivery.
    func remember(delivery key: String, answer: String, at: Timestamp) throws
    /// Forgets deliveries that are older than anything that can still be repeated, among the next `count` behind a key, by
    /// the order of keys; at least one. Gives the key of the last that it looked at; nil at the end.
    func forgetDeliveries(before: Timestamp, after key: String, lookingAt count: Int) throws -> String?
}
