/// Reads posts, the wanted messages.
package protocol PostReader {
    /// Returns, for each channel where posts show less than is wanted and each asker there, the new message and the
    /// edit whose next try comes first.
    func firstWaitingPosts() throws -> [Post]
    /// Returns how many posts show less than is wanted.
    func waitingPosts() throws -> Int
    /// Returns the earliest last update of the changes whose posts show less than is wanted; nil if there are none.
    func oldestWaitingPost() throws -> Timestamp?
    /// - Parameter change: nil for a post that is about no change.
    func post(change: Int?, place: Post.Place) throws -> Post?
    /// Returns all posts about a change, the oldest first.
    func posts(of change: Int) throws -> [Post]
}
