/// Reads the pauses that chat platforms asked for.
package protocol ChatWaitReader {
    /// Returns the pauses that are stored, in no order.
    func chatWaits() throws -> [ChatWait]
}
