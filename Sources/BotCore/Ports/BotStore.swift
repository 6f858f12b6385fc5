/// Durable storage. A transaction is a closure: it runs alone, sees what was committed before it, and either all of it
/// is durable when the call returns or none of it happened.
package protocol BotStore: Sendable {
    /// Runs one transaction. Closures that wait at the same time may share a commit, but never see each other's failures:
    /// what was undone with a failed one is run again. Only the last run of a closure counts, so what it does outside of the
    /// store belongs in ``StoreWriter/whenStored(_:)`` or after the call.
    /// Cancelling the calling task does not undo it. No I/O inside but the store's own.
    func write<Result: Sendable>(_ body: @escaping @Sendable (any StoreWriter) throws -> Result) async throws -> Result

    /// The same for a caller that does not wait. `answer` hears what came of it on any thread, and must be quick.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result,
        answer: @escaping @Sendable (Swift.Result<Result, any Error>) -> Void
    )

    /// Reads one consistent snapshot.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any StoreReader) throws -> Result) async throws -> Result

    /// Looks once at all that is stored. False if the store is damaged; then it ends, as after a failed write, and nothing may
    /// be sent on the strength of it.
    /// - Throws: if it could not be looked at now, for a reason that says nothing of what is stored.
    func isSound() async throws -> Bool

    /// Whether this process still holds the store: nobody else has opened it since, and it can still be written. Asked on
    /// any thread in the last moment before a request leaves; it must not wait for anything.
    var isOwned: Bool { get }

    /// Whether there is room for more than what is being stored now. Without it nothing new is sent: what comes of a sending
    /// must find room, too. Asked on any thread; it must not wait for anything.
    var hasRoom: Bool { get }
}

/// Why nothing may be sent: the store's file is older than what was once in it, so it was restored from a backup. What it
/// holds as open may long have been done.
package struct StoreHold: Hashable, Sendable {
    /// The end of the history as the marker beside the store remembers it.
    package let remembered: HistoryHead
    /// The end of the history as the restored file had it.
    package let found: HistoryHead
    package let noticedAt: Timestamp

    package init(remembered: HistoryHead, found: HistoryHead, noticedAt: Timestamp) {
        self.remembered = remembered
        self.found = found
        self.noticedAt = noticedAt
    }
}

extension BotStore {
    /// What is in memory is.
    package func isSound() async -> Bool { true }
    package var hasRoom: Bool { true }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result,
        answer: @escaping @Sendable (Swift.Result<Result, any Error>) -> Void
    ) {
        Task {
            do {
                answer(.success(try await write(body)))
            } catch {
                answer(.failure(error))
            }
        }
    }
}

/// What can be asked of the store. All lists ascend unless told otherwise.
package protocol StoreReader {
    func change(_ id: Int) throws -> Change?
    /// All changes in these states, by number.
    func changes(in states: Set<ChangeState>) throws -> [Change]
    /// The changes of a cluster in these states, by number.
    func changes(cluster: Int, in states: Set<ChangeState>) throws -> [Change]
    /// The changes that ask for the same of a cluster and still wait for their plan or for people, or were created at or
    /// after a moment; by number. However many changes there are, only these are looked at.
    func changes(
        cluster: Int,
        action: String,
        arguments: [String: JSONValue],
        waitingOrSince since: Timestamp
    ) throws -> [Change]
    /// The changes of a cluster that were denied at or after a moment, in the order of the denials.
    func changesDenied(cluster: Int, since: Timestamp) throws -> [Change]
    /// Of everybody who has changes in `preparing`, the first `limit` by number; person after person.
    func changesToPrepare(ofEach limit: Int) throws -> [Change]
    /// How many changes somebody (``Actor/key``) has from `preparing` to `ready`.
    func openChanges(of asker: String) throws -> Int
    /// Of each cluster where changes are `ready`, the one that became so first; in the order of becoming ready.
    func firstReadyChanges() throws -> [Change]
    /// The numbers of changes whose time to be agreed to, or to be sent, is over; at most `limit`.
    func expiredChanges(at now: Timestamp, limit: Int) throws -> [Int]
    /// Changes that two reads showed as not carried out, by number.
    func changesFailedByReading() throws -> [Change]
    /// Whether anything may have been sent to a cluster at or after a moment, apart from what the API refused.
    func wasSent(to cluster: Int, since: Timestamp) throws -> Bool
    /// Whether anything may have been sent to a change's cluster after it, apart from what the API refused: by the order in
    /// which they became ready, which no clock that is set can change.
    func wasSent(after change: Change) throws -> Bool
    /// The newest changes, by number ascending; nil: all.
    func newestChanges(_ count: Int?) throws -> [Change]
    /// Decisions on a change, in the order in which they came in.
    func approvals(of change: Int) throws -> [Approval]
    func intent(of change: Int) throws -> Intent?
    /// The newest entries, of one cluster or of all, ascending.
    func newestHistory(_ count: Int, cluster: Int?) throws -> [ChainedEntry]
    /// Entries from a number on, ascending, at most `limit`.
    func history(from seq: Int, limit: Int) throws -> [ChainedEntry]
    func historyHead() throws -> HistoryHead
    /// Of each channel where posts show less than is wanted, and there of each asker, the new message and the edit whose next
    /// try comes first.
    func firstWaitingPosts() throws -> [Post]
    /// How many posts show less than is wanted.
    func waitingPosts() throws -> Int
    /// When the change moved on whose post shows less than is wanted for longest; nil if there is none.
    func oldestWaitingPost() throws -> Timestamp?
    func post(change: Int, place: Post.Place) throws -> Post?
    /// The pauses that platforms asked for and nobody has forgotten yet, in no order.
    func chatWaits() throws -> [ChatWait]
    /// Why nothing may be sent until a person has looked; nil if nothing is held.
    func hold() throws -> StoreHold?
    /// The answer that was given to a delivery; nil if it was not seen yet.
    func answer(toDelivery key: String) throws -> String?
}

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

/// What can go wrong with the store, besides what a closure throws itself.
package struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable {
        /// The row is not as the transaction needs it.
        case conflict
        /// Another process has the store open.
        case inUse
        /// It cannot be opened: missing, not a clusterbot store, or written by a newer clusterbot.
        case cannotOpen
        /// It cannot be written: disk full, I/O error. Nothing was stored.
        case cannotWrite
        /// The commit itself failed, so nobody knows whether it is on the disk. The next start finds out.
        case outcomeUnknown
        /// Another process has opened the store since; this one may not write any more.
        case fenced
        /// What is stored does not fit together.
        case corrupt
        /// The store is closing.
        case closed
    }

    package let code: Code
    /// For people: what is wrong and what to do.
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
