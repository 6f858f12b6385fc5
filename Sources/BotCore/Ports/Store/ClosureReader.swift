/// Reads what closes clusters: locks and freezes. Whether one is in force, its times say.
package protocol ClosureReader {
    /// Returns the lock of a cluster; nil if nobody took one since the last was ended.
    func lock(on cluster: Int) throws -> ClusterLock?
    /// Returns all locks that were not ended, by the cluster's id.
    func locks() throws -> [ClusterLock]
    /// Returns the freezes from chat that were not ended, by number.
    func freezes() throws -> [Freeze]
    /// Returns the freezes of the configuration that people were told of, in no order.
    func toldFreezes() throws -> [ToldFreeze]
}
