/// Reads whether anything may be sent.
package protocol OwnershipReader {
    /// Returns the hold because of which nothing may be sent until a person has looked; nil if there is none.
    func hold() throws -> StoreHold?
}
