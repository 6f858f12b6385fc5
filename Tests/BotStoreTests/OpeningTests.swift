import BotCore
import Foundation
import GRDB
import TestSupport
import Testing

@testable import BotStore

@Suite("Opening a store", .timeLimit(.minutes(20)))
struct OpeningTests {
    @Test func makesCommitsDurable() async throws {
        try await withSQLiteStore { store, _ in
            let settings = try await store.write { writer in
                let db = try writer.database
                return try ["synchronous", "journal_mode", "foreign_keys", "trusted_schema", "cell_size_check"]
                    .map { try String.fetchOne(db, sql: "PRAGMA \($0)") }
                    + [
                        String.fetchOne(db, sql: "PRAGMA wal_autocheckpoint"),
                        String.fetchOne(db, sql: "PRAGMA busy_timeout"),
                    ]
            }
            #expect(settings == ["2", "wal", "1", "0", "1", "0", "5000"])
        }
    }

    /// Why the setting is made after opening: remove this test when GRDB stops doing so.
    @Test func wouldNotBeDurableTheWayGRDBOpens() throws {
        let folder = try TemporaryFolder()
        var configuration = Configuration()
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        let pool = try DatabasePool(path: folder.file("plain.db"), configuration: configuration)
        #expect(try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 1)
        // And would not be accepted.
        let error = #expect(throws: StoreError.self) {
            try pool.writeWithoutTransaction { try StoreOpening.checkDurability($0) }
        }
        #expect(error?.code == .cannotOpen)
    }

    /// No descriptor left, for one: to look through it another connection is opened, which says nothing of the file.
    @Test func isNotGivenUpWhereItCannotBeLookedThroughNow() async throws {
        try await withSQLiteStore { store, folder in
            #expect(try await store.check())
            let (path, away) = (folder.file("test.db"), folder.file("away.db"))
            let gate = Gate()
            // Those that are open are in use.
            let reader = Task { try await store.read { _ in gate.wait() } }
            await gate.reached()
            try FileManager.default.moveItem(atPath: path, toPath: away)
            let error = await #expect(throws: StoreError.self) { try await store.check() }
            #expect(error?.code == .cannotWrite)
            try FileManager.default.moveItem(atPath: away, toPath: path)
            #expect(try await store.check())
            gate.open()
            try await reader.value
            try await store.write { try $0.insert(Sample.change(1)) }
        }
    }

    @Test func createsTheFileForItsOwnerOnly() async throws {
        try await withSQLiteStore { store, folder in
            try await store.write { try $0.insert(Sample.change(1)) }
            for name in ["test.db", "test.db-wal", "test.db.lock"] {
                let mode =
                    try FileManager.default.attributesOfItem(atPath: folder.file(name))[.posixPermissions] as? Int
                #expect(mode == 0o600, "\(name)")
            }
        }
    }

    @Test func makesTheStoresOwnFolderForItsOwnerOnly() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file("data/test.db"))
        let mode = try FileManager.default.attributesOfItem(atPath: folder.file("data"))[.posixPermissions] as? Int
        #expect(mode == 0o700)
        await store.close()
    }

    @Test func saysThatTheFolderIsMissing() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.file("no/such/test.db")) }
        #expect(error?.code == .cannotOpen)
        #expect(error?.description.contains("Create it") == true)
    }

    @Test func refusesAStoreThatThisProcessHasOpen() async throws {
        try await withSQLiteStore { _, folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder.file("other.db"),
                withDestinationPath: folder.file("test.db")
            )
            for name in ["test.db", "other.db"] {
                let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.file(name)) }
                #expect(error?.code == .inUse)
                #expect(error?.description.contains("(pid \(getpid()))") == true)
            }
        }
    }

    @Test func refusesAStoreThatAnotherProcessHasOpen() async throws {
        let folder = try TemporaryFolder()
        let other = Process()
        let (input, output) = (Pipe(), Pipe())
        other.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        other.arguments = [folder.file("test.db.lock"), "sh", "-c", "echo held; exec cat"]
        (other.standardInput, other.standardOutput) = (input, output)
        try other.run()
        #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "held\n")
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.file("test.db")) }
        #expect(error?.code == .inUse)
        try input.fileHandleForWriting.close()
        other.waitUntilExit()
        // The lock went with the process.
        await (try SQLiteStore(path: folder.file("test.db"))).close()
    }

    @Test func letsGoOfTheStoreWhenItIsClosed() async throws {
        let folder = try TemporaryFolder()
        for _ in 1...3 { await (try SQLiteStore(path: folder.file("test.db"))).close() }
    }

    @Test func keepsEverythingWhenItIsOpenedAgain() async throws {
        let folder = try TemporaryFolder()
        let first = try SQLiteStore(path: folder.file("test.db"))
        let head = try await first.write { try $0.fillWithOneOfEach() }
        await first.close()
        let second = try SQLiteStore(path: folder.file("test.db"))
        try await second.read { try $0.expectOneOfEach(head) }
        #expect(try await second.write { try $0.nextReadyOrder() } == 2)
        await second.close()
    }

    @Test func keepsEverythingThatWasCommittedWhenTheProcessDies() async throws {
        try await withSQLiteStore { store, folder in
            let head = try await store.write { try $0.fillWithOneOfEach() }
            // What a process that was killed now would leave behind.
            let left = try TemporaryFolder()
            for name in ["test.db", "test.db-wal"] {
                try FileManager.default.copyItem(atPath: folder.file(name), toPath: left.file(name))
            }
            let again = try SQLiteStore(path: left.file("test.db"))
            try await again.read { try $0.expectOneOfEach(head) }
            await again.close()
        }
    }

    @Test func refusesAFileOfAnotherProgramAndLeavesItAsItIs() async throws {
        let folder = try TemporaryFolder()
        let foreign = try DatabaseQueue(path: folder.file("foreign.db"))
        try await foreign.write { try $0.execute(sql: "CREATE TABLE t (x)") }
        try foreign.close()
        let marked = try DatabaseQueue(path: folder.file("marked.db"))
        try await marked.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = 7") }
        try marked.close()
        try folder.write(String(repeating: "not a database ", count: 500), to: "text.db")
        for name in ["foreign.db", "marked.db", "text.db"] {
            let before = try Data(contentsOf: URL(fileURLWithPath: folder.file(name)))
            let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.file(name)) }
            #expect(error?.code == .cannotOpen)
            #expect(error?.description.contains("is not a clusterbot store") == true, "\(name)")
            let reading = #expect(throws: StoreError.self) { try ReadOnlySQLiteStore(path: folder.file(name)) }
            #expect(reading?.description.contains("is not a clusterbot store") == true, "\(name)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file(name))) == before, "\(name)")
        }
    }

    /// An upgrade ends where a new store begins, with the same tables, indexes and triggers.
    @Test(arguments: EarlierStore.all)
    func bringsAnEarlierStoreToWhatANewOneIs(earlier: EarlierStore) async throws {
        let folder = try TemporaryFolder()
        try StoreFixture(earlier.name).write(to: folder.file("old.db"))
        let (old, new) = (try await parts(of: folder.file("old.db")), try await parts(of: folder.file("new.db")))
        #expect(old.subtracting(new) == [])
        #expect(new.subtracting(old) == [])
    }

    /// Opens a store, and says what it consists of then.
    private func parts(of path: String) async throws -> Set<String> {
        await (try SQLiteStore(path: path)).close()
        return try await DatabaseQueue(path: path).read { db in
            let columns = "SELECT m.name, c.* FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
            let others = "SELECT name, sql FROM sqlite_master WHERE type <> 'table'"
            return Set(try Row.fetchAll(db, sql: columns).map(\.description))
                .union(try Row.fetchAll(db, sql: others).map(\.description))
        }
    }

    @Test func refusesTheTablesOfANewerClusterbot() async throws {
        let folder = try TemporaryFolder()
        await (try SQLiteStore(path: folder.file("test.db"))).close()
        try await DatabaseQueue(path: folder.file("test.db")).write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('9999 from the future')")
        }
        for error in [
            #expect(throws: StoreError.self) { try SQLiteStore(path: folder.file("test.db")) },
            #expect(throws: StoreError.self) { try ReadOnlySQLiteStore(path: folder.file("test.db")) },
        ] {
            #expect(error?.code == .cannotOpen)
            #expect(error?.description.contains("newer clusterbot") == true)
        }
    }

    @Test func stopsWritingWhenTheFileIsReplaced() async throws {
        try await withSQLiteStore { store, folder in
            try await store.write { try $0.insert(Sample.change(1)) }
            try FileManager.default.moveItem(atPath: folder.file("test.db"), toPath: folder.file("moved.db"))
            try folder.write("", to: "test.db")
            let refusal = await #expect(throws: StoreError.self) {
                try await store.write { try $0.insert(Sample.change(2)) }
            }
            let error = try #require(refusal)
            #expect(error.code == .cannotWrite)
            #expect(error.description.contains("replaced"))
            var failures = store.failure.makeAsyncIterator()
            #expect(await failures.next() == error)
        }
    }

    @Test func endsTheStreamOfFailuresWhenItIsClosed() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file("test.db"))
        await store.close()
        var failures = store.failure.makeAsyncIterator()
        #expect(await failures.next() == nil)
    }
}

extension StoreWriter {
    fileprivate func fillWithOneOfEach() throws -> HistoryHead {
        try insert(Sample.change(1))
        try insert(Sample.fullChange(2, replaces: 1))
        _ = try insert(Sample.approval(of: 1, by: Sample.amy))
        try insert(Sample.intent(of: 1))
        try save(Sample.post(1, at: 1))
        try remember(delivery: "d", answer: "a", at: Sample.start)
        _ = try nextReadyOrder()
        return try append(Sample.entry(1))
    }
}

extension StoreReader {
    fileprivate func expectOneOfEach(_ head: HistoryHead) throws {
        #expect(try newestChanges(nil) == [Sample.change(1), Sample.fullChange(2, replaces: 1)])
        #expect(try approvals(of: 1) == [Sample.approval(of: 1, by: Sample.amy)])
        #expect(try intent(of: 1) == Sample.intent(of: 1))
        #expect(try post(change: 1, place: .conversation) == Sample.post(1, at: 1))
        #expect(try answer(toDelivery: "d") == "a")
        #expect(try historyHead() == head)
        #expect(try history(from: 1, limit: 9).first?.texts["reason"]?.text == "entry 1")
    }
}
