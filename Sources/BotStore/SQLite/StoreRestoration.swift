import BotCore
import GRDB
import Glibc

/// Puts a backup in the place of a store that no process has open. What is there stays until the copy is whole, checked
/// and durable, and the marker beside it stays for good: by it the next start sees what the backup does not have.
package struct StoreRestoration: Sendable {
    /// The end of the restored history.
    package let head: HistoryHead
    /// Whether nothing is sent after the next start until somebody releases it.
    package let isHeld: Bool

    /// Restores a store.
    /// - Parameters:
    ///   - backup: the file that `backUp(to:)` made. It may be of an earlier version.
    ///   - path: the store, which keeps its owner and mode. Where there is none, the file belongs to its folder's owner.
    /// - Throws: ``StoreError/Code/inUse`` if a process has the store open; ``StoreError/Code/cannotOpen`` if the backup
    ///   is not a clusterbot store; ``StoreError/Code/corrupt`` if it is damaged. Nothing has changed then.
    package init(of backup: String, at path: String) async throws {
        guard access(backup, F_OK) == 0 || errno != ENOENT else {
            throw StoreError(.cannotOpen, "There is no backup at \(backup). Name a file that `clusterbot backup` made.")
        }
        let place = try RestoredFile(path)
        // Opened first: only root may be able to read it.
        let source = try ReadOnlySQLiteStore(path: backup, mayBeOlder: true)
        let owner = try place.becomeOwner()
        defer { owner.end() }
        let lock = try StoreLock(beside: place.path)
        defer { lock.release() }
        guard !source.isFile(place.path) else {
            throw StoreError(.cannotWrite, "\(backup) is the store itself. Name a backup of it.")
        }
        let unfinished = place.path + ".restoring"
        unlink(unfinished)
        do {
            try place.make(unfinished)
            try await source.vacuum(into: unfinished)
            let remembered = try StoreMarker.remembered(beside: place.path)
            (head, isHeld) = try Self.prepare(unfinished, remembered)
            try await ReadOnlySQLiteStore.check(unfinished)
            try place.publish(unfinished)
        } catch {
            unlink(unfinished)
            throw error
        }
    }

    /// Brings the copy's tables up to date, and holds it unless the marker remembers exactly its end: where nothing beside
    /// it remembers more, as on a new machine or behind a marker that was put back, nobody knows what was sent after the
    /// backup.
    /// - Returns: the end of its history, and whether it is held.
    private static func prepare(
        _ copy: String,
        _ remembered: HistoryHead?
    ) throws -> (head: HistoryHead, isHeld: Bool) {
        let queue = try StoreOpening.openCopy(copy)
        defer { try? queue.close() }
        return try queue.write { db in
            let writer = RowWriter(Statements(SQLiteStoreConnection(db)))
            let head = try writer.historyHead()
            if remembered != head {
                let known = remembered.flatMap { $0.seq > head.seq ? $0 : nil } ?? head
                try writer.save(StoreHold(remembered: known, found: head, noticedAt: SystemClock().now))
            }
            return (head, try writer.hold() != nil)
        }
    }
}
