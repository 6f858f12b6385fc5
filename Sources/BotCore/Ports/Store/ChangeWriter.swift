/// What can be done to changes and the decisions on them.
package protocol ChangeWriter: ChangeReader {
    /// The number of the next change.
    func nextChangeID() throws -> Int
    func insert(_ change: Change) throws
    /// Stores a change that was read in this transaction; throws ``StoreError/conflict`` if it is not there.
    func update(_ change: Change) throws
    /// Adds a decision; false if that person (or that account, for a person nobody lists) has decided already.
    func insert(_ approval: Approval) throws -> Bool
    /// Notes whose approvals were enough when the change was sent.
    func markCounted(_ people: Set<String>, change: Int) throws
}
