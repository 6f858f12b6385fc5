/// Reads the history.
package protocol HistoryReader {
    /// Returns the newest entries, of one cluster or of all, ascending.
    func newestHistory(_ count: Int, cluster: Int?) throws -> [ChainedEntry]
    /// Returns the entries from a number on, ascending, at most `limit`.
    func history(from seq: Int, limit: Int) throws -> [ChainedEntry]
    /// Returns the entries about a change, ascending.
    func history(of change: Int) throws -> [ChainedEntry]
    /// Returns the moment of the newest entry about a change; nil if there is none.
    func lastStep(of change: Int) throws -> Timestamp?
    /// Returns the newest entries that are about no change, of one cluster or of all, ascending.
    func newestHistoryOfNoChange(_ count: Int, cluster: Int?) throws -> [ChainedEntry]
    func historyHead() throws -> HistoryHead
}

extension HistoryReader {
    /// Returns whether the history has this entry, with this hash.
    package func has(_ head: HistoryHead) throws -> Bool {
        if head.seq == 0 { return head == .start }
        guard let entry = try history(from: head.seq, limit: 1).first else { return false }
        return entry.head == head
    }
}
