/// Writes the records of what is sent.
package protocol IntentWriter: IntentReader {
    /// Adds the one intent of a change.
    /// - Throws: ``StoreError/Code/conflict`` if there is one.
    func insert(_ intent: Intent) throws
    func update(_ intent: Intent) throws
}
