import BotCore
import GRDB

/// Takes a store over that was just opened for writing.
enum StoreOwnership {
    /// What was found when the store was taken over.
    struct Found: Sendable {
        /// The fence that each transaction of this process compares with the store's.
        let fence: Int
        /// See `BotStore.isAsItWasLeft`.
        let isAsItWasLeft: Bool
    }

    /// Takes the store over from its owner before, and holds all sending if the marker remembers an entry that the
    /// store does not have.
    static func take(_ pool: DatabasePool, _ marker: StoreMarker, _ file: StoreFile) throws(StoreError) -> Found {
        do {
            let remembered = marker.remembered
            let (found, head) = try pool.write { db in
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
                let isAsItWasLeft = head == .start || isSameFile && fits == true
                return (Found(fence: try writer.takeOver(), isAsItWasLeft: isAsItWasLeft), head)
            }
            guard remembered != nil || marker.remember(head, isSynced: true) else { throw markerFailed }
            return found
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
