/// Writes what closes clusters.
package protocol ClosureWriter: ClosureReader {
    /// Stores a lock, in place of an earlier one of the cluster.
    func save(_ lock: ClusterLock) throws
    /// Ends a cluster's lock, if there is one.
    func endLock(on cluster: Int) throws
    /// Returns the number of the next freeze from chat. No number comes twice.
    func nextFreezeNumber() throws -> Int
    /// Adds a freeze from chat.
    /// - Throws: ``StoreError/Code/conflict`` if its name is none of a freeze from chat, or was used before.
    func insert(_ freeze: Freeze) throws
    /// Ends a freeze from chat.
    func endFreeze(_ name: String, at now: Timestamp) throws
    /// Adds or replaces what is known of a freeze of the configuration.
    func save(_ told: ToldFreeze) throws
    /// Forgets a freeze that is not in the configuration any more: if it comes back, people are told again.
    func forget(_ told: ToldFreeze) throws
}
