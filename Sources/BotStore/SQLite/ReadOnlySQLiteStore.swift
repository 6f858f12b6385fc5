import BotCore
import CrashPoints
import GRDB

/// The store for processes other than the service. It takes no lock, changes nothing, and works with and without a
/// running service.
package final class ReadOnlySQLiteStore: BotStore, Sendable {
    private let database: DatabaseQueue
    private let file: StoreFile

    /// Opens the file, and blocks meanwhile.
    /// - Throws: ``StoreError/Code/cannotOpen`` if there is no store, or its tables are older or newer than this
    ///   clusterbot's.
    package convenience init(path: String) throws(StoreError) { try self.init(path: path, mayBeOlder: false) }

    /// - Parameter mayBeOlder: whether the tables may be those of an earlier version. Of such a store nothing can be read
    ///   but the whole of it.
    init(path: String, mayBeOlder: Bool) throws(StoreError) {
        file = try StoreFile(existing: path)
        database = try StoreOpening.openForReading(file.path, mayBeOlder: mayBeOlder)
    }

    /// Returns whether the file at a path is this store.
    func isFile(_ path: String) -> Bool { file.isAt(path) }

    /// Always throws ``StoreError/Code/cannotWrite``.
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result
    ) async throws -> Result {
        throw StoreError(.cannotWrite, "This store was opened for reading only: let the running service write to it.")
    }

    /// See ``BotStore``. Throws `CancellationError` in a cancelled task.
    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        try await reading { try body(RowReader(SQLiteStoreConnection($0))) }
    }

    /// Always false: only ``SQLiteStore`` owns a store.
    package var isOwned: Bool { false }

    /// Returns the end of the history by the marker beside the store; nil if there is no marker. The store is never
    /// behind it, unless entries were cut off. Ask before reading the history, which grows meanwhile.
    package func rememberedHead() throws(StoreError) -> HistoryHead? { try StoreMarker.remembered(beside: file.path) }

    /// Writes a snapshot of the store into an empty file.
    func vacuum(into path: String) async throws {
        do {
            try await database.writeWithoutTransaction { db in
                CrashPoint.backupBegins.pass()
                try db.execute(sql: "VACUUM INTO ?", arguments: [path])
            }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    private func reading<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        do {
            return try await database.read(body)
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }
}

extension ReadOnlySQLiteStore: SQLiteInspection {
    package func storedHistory(after seq: Int, limit: Int) async throws -> [StoredEntry] {
        try await reading { try RowReader(SQLiteStoreConnection($0)).storedHistory(after: seq, limit: limit) }
    }

    package func damage() async throws -> [String] {
        try await reading { try StoreOpening.damage($0, isQuick: false) }
    }
}
