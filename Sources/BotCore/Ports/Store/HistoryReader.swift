/// Reads the history.
package protocol HistoryReader {
    /// Returns the newest entries, of one cluster or of all, ascending.
    func newestHistory(_ count: Int, cluster: Int?) throws -> [ChainedEntry]
    /// Returns the entries from a number on, ascending, at most `limit`.
    func history(from seq: Int, limit: Int) throws -> [ChainedEntry]
    func historyHead() throws -> HistoryHead
}
