/// What can be done to the history: it only grows.
package protocol HistoryWriter: HistoryReader {
    /// Chains an entry to the history.
    @discardableResult
    func append(_ entry: HistoryEntry) throws -> HistoryHead
}
