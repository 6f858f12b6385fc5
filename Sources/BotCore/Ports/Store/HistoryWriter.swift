/// Writes the history, which only grows.
package protocol HistoryWriter: HistoryReader {
    /// Chains an entry to the history. Returns the new end.
    @discardableResult
    func append(_ entry: HistoryEntry) throws -> HistoryHead
}
