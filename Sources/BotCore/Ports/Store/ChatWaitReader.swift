/// What can be asked about the pauses that chat platforms asked for.
package protocol ChatWaitReader {
    /// The pauses that platforms asked for and nobody has forgotten yet, in no order.
    func chatWaits() throws -> [ChatWait]
}
