/// Reads which clusters are followed.
package protocol FollowingReader {
    func followings() throws -> [Following]
    /// Returns how a change's cluster is followed for it; nil if it is not, or not any more.
    func following(of change: Int) throws -> Following?
}
