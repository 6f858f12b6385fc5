import BotCore
import BotStore
import Foundation
import GRDB
import TestSupport
import Testing

@Suite("A store that is only read", .timeLimit(.minutes(20)))
struct ReadOnlyStoreTests {
    @Test func showsWhatARunningServiceWrites() async throws {
        try await withSQLiteStore { store, folder in
            let reader = try ReadOnlySQLiteStore(path: folder.file("test.db"))
            for number in 1...3 {
                try await store.write { try $0.insert(Sample.change(number)) }
                #expect(try await reader.read { try $0.newestChanges(nil) }.count == number)
            }
        }
    }

    @Test func needsNoServiceAndDoesNotKeepOneOut() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file("test.db"))
        try await store.write { try $0.insert(Sample.change(1)) }
        await store.close()
        #expect(!FileManager.default.fileExists(atPath: folder.file("test.db-wal")))
        let reader = try ReadOnlySQLiteStore(path: folder.file("test.db"))
        #expect(try await reader.read { try $0.change(1) } != nil)
        let again = try SQLiteStore(path: folder.file("test.db"))
        try await again.write { try $0.insert(Sample.change(2)) }
        #expect(try await reader.read { try $0.change(2) } != nil)
        await again.close()
        #expect(try await reader.read { try $0.change(2) } != nil)
    }

    @Test func readsWhatAKilledServiceLeftInTheLog() async throws {
        try await withSQLiteStore { store, folder in
            try await store.write { try $0.insert(Sample.change(1)) }
            let left = try TemporaryFolder()
            for name in ["test.db", "test.db-wal"] {
                try FileManager.default.copyItem(atPath: folder.file(name), toPath: left.file(name))
            }
            let reader = try ReadOnlySQLiteStore(path: left.file("test.db"))
            #expect(try await reader.read { try $0.change(1) } != nil)
        }
    }

    @Test func refusesToWrite() async throws {
        try await withSQLiteStore { _, folder in
            let reader = try ReadOnlySQLiteStore(path: folder.file("test.db"))
            let error = await #expect(throws: StoreError.self) {
                try await reader.write { try $0.insert(Sample.change(1)) }
            }
            #expect(error?.code == .cannotWrite)
        }
    }

    @Test func saysThatThereIsNoStoreAndMakesNone() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: StoreError.self) { try ReadOnlySQLiteStore(path: folder.file("test.db")) }
        #expect(error?.code == .cannotOpen)
        #expect(error?.description.contains("clusterbot serve") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func saysThatTheTablesAreOlder() async throws {
        let folder = try TemporaryFolder()
        await (try SQLiteStore(path: folder.file("test.db"))).close()
        try await DatabaseQueue(path: folder.file("test.db")).write {
            try $0.execute(sql: "DELETE FROM grdb_migrations")
        }
        let error = #expect(throws: StoreError.self) { try ReadOnlySQLiteStore(path: folder.file("test.db")) }
        #expect(error?.code == .cannotOpen)
        #expect(error?.description.contains("older clusterbot") == true)
    }
}
