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
