/// What can be asked about messages that shall be somewhere.
package protocol PostReader {
    /// Of each channel where posts show less than is wanted, and there of each asker, the new message and the edit whose next
    /// try comes first.
    func firstWaitingPosts() throws -> [Post]
    /// How many posts show less than is wanted.
    func waitingPosts() throws -> Int
    /// When the change moved on whose post shows less than is wanted for longest; nil if there is none.
    func oldestWaitingPost() throws -> Timestamp?
    func post(change: Int, place: Post.Place) throws -> Post?
}
