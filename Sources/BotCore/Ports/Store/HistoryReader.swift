/// What can be asked about the history.
package protocol HistoryReader {
    /// The newest entries, of one cluster or of all, ascending.
    func newestHistory(_ count: Int, cluster: Int?) throws -> [ChainedEntry]
    /// Entries from a number on, ascending, at most `limit`.
    func history(from seq: Int, limit: Int) throws -> [ChainedEntry]
    func historyHead() throws -> HistoryHead
}
