/// Reads the changes that wait for workers: those that are next, and those whose time is over.
package protocol QueueReader {
    /// Returns the changes in `preparing`, of each person the first `limit` by number, person after person.
    func changesToPrepare(ofEach limit: Int) throws -> [Change]
    /// Returns how many changes a person (``Actor/key``) has from `preparing` to `ready`.
    func openChanges(of asker: String) throws -> Int
    /// Returns for each cluster the change that became `ready` first, in the order of becoming ready.
    func firstReadyChanges() throws -> [Change]
    /// Returns the numbers of changes whose time to be approved, or to be sent, is over; at most `limit`.
    func expiredChanges(at now: Timestamp, limit: Int) throws -> [Int]
    /// Returns the numbers of pending changes to which people are to be called again by now; at most `limit`.
    func changesCalling(at now: Timestamp, limit: Int) throws -> [Int]
}
