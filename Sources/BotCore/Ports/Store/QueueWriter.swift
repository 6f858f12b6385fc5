/// Writes the order in which changes are sent.
package protocol QueueWriter: QueueReader {
    /// Takes the next place in the order of becoming ready.
    func nextReadyOrder() throws -> Int
}
