/// Writes which clusters are followed.
package protocol FollowingWriter: FollowingReader {
    /// Begins to follow a cluster, or stores what was seen. It takes the place of an earlier following of the cluster.
    func save(_ following: Following) throws
    func endFollowing(of cluster: Int) throws
}
