/// Writes posts, the wanted messages.
package protocol PostWriter: PostReader {
    /// Adds or replaces a post, by change and place.
    func save(_ post: Post) throws
    /// Lets posts that wait after failed tries be tried at once, in one channel or, with nil, in all.
    func endBackoffs(in channel: Channel?, at now: Timestamp) throws
}
