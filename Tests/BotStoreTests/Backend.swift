import BotCore
import BotStore
import TestSupport
import Testing

/// The implementations that the conformance suite is run against.
enum Backend: String, CaseIterable, CustomTestStringConvertible {
    case sqlite = "SQLite"
    /// What the simulation of the engine stands on: it must be as good as the real one, or the simulation proves nothing.
    case memory

    var testDescription: String { rawValue }

    /// Opens a new store for one test and closes it afterwards.
    func withStore<Result>(_ body: (any BotStore) async throws -> Result) async throws -> Result {
        switch self {
        case .sqlite: try await withSQLiteStore { store, _ in try await body(store) }
        case .memory: try await body(MemoryStore())
        }
    }
}

/// Opens a new SQLite store in a folder of its own and closes it afterwards.
func withSQLiteStore<Result>(_ body: (SQLiteStore, TemporaryFolder) async throws -> Result) async throws -> Result {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore(path: folder.file("test.db"))
    do {
        let result = try await body(store, folder)
        await store.close()
        return result
    } catch {
        await store.close()
        throw error
    }
}
