/// What can be done to the order in which changes are sent.
package protocol QueueWriter: QueueReader {
    /// The next place in the order of becoming ready.
    func nextReadyOrder() throws -> Int
}
