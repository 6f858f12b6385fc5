/// What waits for workers: who is to be served next, and whose time is over.
package protocol QueueReader {
    /// Of everybody who has changes in `preparing`, the first `limit` by number; person after person.
    func changesToPrepare(ofEach limit: Int) throws -> [Change]
    /// How many changes somebody (``Actor/key``) has from `preparing` to `ready`.
    func openChanges(of asker: String) throws -> Int
    /// Of each cluster where changes are `ready`, the one that became so first; in the order of becoming ready.
    func firstReadyChanges() throws -> [Change]
    /// The numbers of changes whose time to be agreed to, or to be sent, is over; at most `limit`.
    func expiredChanges(at now: Timestamp, limit: Int) throws -> [Int]
}
