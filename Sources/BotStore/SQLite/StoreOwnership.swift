import BotCore
import GRDB

/// Takes a store over that was just opened for writing.
enum StoreOwnership {
    /// Takes the store over from its owner before, and holds all sending if the marker remembers an entry that the
    /// store does not have.
    /// - Returns: the fence that each transaction of this process compares with the store's.
    static func take(_ pool: DatabasePool, _ marker: StoreMarker) throws(StoreError) -> Int {
        do {
            let (fence, head) = try pool.write { db in
                let writer = RowWriter(Statements(SQLiteStoreConnection(db)))
                let head = try writer.historyHead()
                if let remembered = marker.remembered, try !writer.holds(remembered) {
                    try writer.save(
                        StoreHold(remembered: remembered, found: head, noticedAt: SystemClock().now)
                    )
                }
                return (try writer.takeOver(), head)
            }
            guard marker.remembered != nil || marker.remember(head, isSynced: true) else { throw markerFailed }
            return fence
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError {
            throw StoreError(error)
        } catch {
            throw StoreError(.cannotOpen, "\(error)")
        }
    }

    static let markerFailed = StoreError(
        .outcomeUnknown,
        "The marker beside the store could not be written, so nothing may be sent. Check the disk, then start clusterbot again."
    )

    static func fenced(_ path: String) -> StoreError {
        StoreError(
            .fenced,
            "Another process has opened \(path) although this one had it (was its lock file removed?). This one stops."
        )
    }
}

extension RowReading {
    /// Returns whether the history has this entry, with this hash.
    fileprivate func holds(_ head: HistoryHead) throws -> Bool {
        if head.seq == 0 { return true }
        return try statements.first(HistoryRows.hash, [.int(head.seq)]) { try $0.text() }
            == head.hash
    }
}
