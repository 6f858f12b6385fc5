import BotCore
import GRDB

/// Takes a store over that was just opened for writing.
enum StoreOwnership {
    /// Takes the store over from its owner before, and holds all sending if the marker remembers an entry that the
    /// store does not have.
    /// - Returns: the fence that each transaction of this process compares with the store's.
    static func take(_ pool: DatabasePool, _ marker: StoreMarker, _ file: StoreFile) throws(StoreError) -> Int {
        do {
            let remembered = marker.remembered
            let (fence, head) = try pool.write { db in
                let writer = RowWriter(Statements(SQLiteStoreConnection(db)))
                let head = try writer.historyHead()
                let fits = try remembered.map { try writer.has($0) }
                if let remembered, fits == false {
                    try writer.save(
                        StoreHold(remembered: remembered, found: head, noticedAt: SystemClock().now)
                    )
                }
                let isSameFile = try writer.isStill(inFile: file.name)
                // Of an empty history nobody has lost anything.
                if head != .start, !isSameFile || fits != true { try writer.setSuspect(true) }
                return (try writer.takeOver(), head)
            }
            guard remembered != nil || marker.remember(head, isSynced: true) else { throw markerFailed }
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
