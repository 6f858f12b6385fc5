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
        let place = try RestoredFile(path)
        let lock = try StoreLock(beside: place.path)
        defer { lock.release() }
        try place.own(place.path + ".lock")
        let source = try ReadOnlySQLiteStore(path: backup, mayBeOlder: true)
        guard !source.isFile(place.path) else {
            throw StoreError(.cannotWrite, "\(backup) is the store itself. Name a backup of it.")
        }
        let unfinished = place.path + ".restoring"
        unlink(unfinished)
        do {
            try place.make(unfinished)
            try await source.vacuum(into: unfinished)
            let remembered = try StoreMarker.remembered(beside: place.path)
            head = try Self.prepare(unfinished, isMarked: remembered != nil)
            try await ReadOnlySQLiteStore.check(unfinished)
            isHeld = try await Self.isHeld(unfinished, remembered)
            try place.publish(unfinished)
        } catch {
            unlink(unfinished)
            throw error
        }
    }

    /// Brings the copy's tables up to date. A store that nothing beside it remembers is held from the start: nobody knows
    /// what was sent after the backup.
    /// - Returns: the end of its history.
    private static func prepare(_ copy: String, isMarked: Bool) throws -> HistoryHead {
        let queue = try StoreOpening.openCopy(copy)
        defer { try? queue.close() }
        return try queue.write { db in
            let writer = RowWriter(Statements(SQLiteStoreConnection(db)))
            let head = try writer.historyHead()
            if !isMarked { try writer.save(StoreHold(remembered: head, found: head, noticedAt: SystemClock().now)) }
            return head
        }
    }

    /// Returns whether the next start holds the copy: it was held when it was copied, or lacks what the marker remembers.
    private static func isHeld(_ copy: String, _ remembered: HistoryHead?) async throws -> Bool {
        try await ReadOnlySQLiteStore(path: copy).read { reader in
            guard try reader.hold() == nil else { return true }
            guard let remembered, remembered.seq > 0 else { return false }
            return try reader.history(from: remembered.seq, limit: 1).first?.hash != remembered.hash
        }
    }
}
