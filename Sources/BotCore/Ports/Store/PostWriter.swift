/// What can be done to messages that shall be somewhere.
package protocol PostWriter: PostReader {
    /// Adds or replaces a post, by change and place.
    func save(_ post: Post) throws
    /// Lets posts that wait after failed tries be tried at once, in one channel or (nil) everywhere.
    func endBackoffs(in channel: Channel?, at now: Timestamp) throws
}
