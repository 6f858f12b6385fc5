/// What can be done about who may write and send.
package protocol OwnershipWriter: OwnershipReader {
    /// Which opening of the store this is. It counts up, so that what an earlier owner left is told from one's own.
    func fence() throws -> Int
    /// Lets changes be sent again after a hold.
    func endHold() throws
}
