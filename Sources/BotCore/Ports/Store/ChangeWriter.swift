/// Writes changes and the decisions on them.
package protocol ChangeWriter: ChangeReader {
    /// Returns the number of the next change.
    func nextChangeID() throws -> Int
    func insert(_ change: Change) throws
    /// Stores a change that was read in this transaction.
    /// - Throws: ``StoreError/Code/conflict`` if it is not there, or has a later revision.
    func update(_ change: Change) throws
    /// Adds a decision. Returns false if that person or that account has decided already.
    func insert(_ approval: Approval) throws -> Bool
    /// Marks the approvals that counted when the change was sent.
    /// - Parameter people: by the person's name, or by the written account where nobody lists it.
    func markCounted(_ people: Set<String>, change: Int) throws
}
