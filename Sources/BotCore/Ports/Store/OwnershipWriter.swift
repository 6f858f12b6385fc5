/// Writes who may write, and whether anything may be sent.
package protocol OwnershipWriter: OwnershipReader {
    /// Returns the store's fence, which counts its openings. By it an owner tells what an earlier one left from its
    /// own.
    func fence() throws -> Int
    /// Ends the hold, so that changes can be sent again.
    func endHold() throws
}
