/// What can be asked about who may write and send.
package protocol OwnershipReader {
    /// Why nothing may be sent until a person has looked; nil if nothing is held.
    func hold() throws -> StoreHold?
}
