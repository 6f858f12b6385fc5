import BotCore
import Foundation
import TestSupport
import Testing

@testable import BotStore

/// A backup that is put back.
@Suite(.timeLimit(.minutes(5)))
struct RestorationTests {
    private let folder: TemporaryFolder
    private var store: String { folder.file("store.db") }
    private var backup: String { folder.file("backup.db") }

    init() throws { folder = try TemporaryFolder() }

    private func entry(_ text: String) -> HistoryEntry {
        HistoryEntry(at: Timestamp(seconds: 1), kind: .reloaded, actor: .bot, detail: ["text": .string(text)])
    }

    /// Makes a store with one entry and its backup; then the store gets another entry.
    private func backedUp() async throws {
        let opened = try SQLiteStore(path: store)
        _ = try await opened.write { try $0.append(self.entry("first")) }
        try await ReadOnlySQLiteStore(path: store).backUp(to: backup)
        _ = try await opened.write { try $0.append(self.entry("second")) }
        await opened.close()
    }

    private func head() async throws -> HistoryHead {
        try await ReadOnlySQLiteStore(path: store).read { try $0.historyHead() }
    }

    @Test func theStoreIsTheBackupAndIsHeld() async throws {
        try await backedUp()
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: store)
        let restored = try await StoreRestoration(of: backup, at: store)
        #expect(restored.isHeld)
        #expect(restored.head.seq == 1)
        #expect(try await head() == restored.head)
        #expect(try FileManager.default.attributesOfItem(atPath: store)[.posixPermissions] as? Int == 0o640)
        let opened = try SQLiteStore(path: store)
        #expect(try await opened.read { try $0.hold() }?.remembered.seq == 2)
        await opened.close()
        #expect(!FileManager.default.fileExists(atPath: store + ".restoring"))
    }

    @Test func nothingIsHeldWhereNothingHappenedSince() async throws {
        try await backedUp()
        let newest = folder.file("newest.db")
        try await ReadOnlySQLiteStore(path: store).backUp(to: newest)
        let restored = try await StoreRestoration(of: newest, at: store)
        #expect(!restored.isHeld)
        let opened = try SQLiteStore(path: store)
        #expect(try await opened.read { try $0.hold() } == nil)
        await opened.close()
    }

    /// Without a marker nobody knows what was sent after the backup.
    @Test(arguments: [false, true])
    func whereNothingRemembersItIsHeld(hasStore: Bool) async throws {
        try await backedUp()
        try FileManager.default.removeItem(atPath: store + ".marker")
        if !hasStore { try FileManager.default.removeItem(atPath: store) }
        #expect(try await StoreRestoration(of: backup, at: store).isHeld)
        let opened = try SQLiteStore(path: store)
        #expect(try await opened.read { try $0.hold() } != nil)
        await opened.close()
    }

    /// A marker of a new store, or one that was put back, knows less than the backup, and nothing of what was sent since.
    @Test(arguments: [false, true])
    func aMarkerThatKnowsLessIsNoReasonToGoOn(isNew: Bool) async throws {
        try await backedUp()
        let newest = folder.file("newest.db")
        try await ReadOnlySQLiteStore(path: store).backUp(to: newest)
        if isNew {
            for suffix in ["", ".marker"] { try FileManager.default.removeItem(atPath: store + suffix) }
            await (try SQLiteStore(path: store)).close()
        } else {
            // Back to the time of the first entry, with its marker.
            for suffix in ["", ".marker"] { try FileManager.default.removeItem(atPath: store + suffix) }
            try FileManager.default.copyItem(atPath: backup, toPath: store)
            await (try SQLiteStore(path: store)).close()
        }
        #expect(try await StoreRestoration(of: newest, at: store).isHeld)
        let opened = try SQLiteStore(path: store)
        #expect(try await opened.read { try $0.hold() } != nil)
        await opened.close()
    }

    @Test func aLinkInTheStoresPlaceIsRefused() async throws {
        try await backedUp()
        let other = try folder.write("kept", to: "other")
        try FileManager.default.removeItem(atPath: store)
        try FileManager.default.createSymbolicLink(atPath: store, withDestinationPath: other)
        let error = await #expect(throws: StoreError.self) { try await StoreRestoration(of: backup, at: store) }
        #expect(error?.description.contains("is a link") == true, "\(String(describing: error))")
        #expect(try String(contentsOfFile: other, encoding: .utf8) == "kept")
    }

    /// If the last step fails, the store has its companions again.
    @Test func aStoreThatCannotBeReplacedStaysWhole() async throws {
        try await backedUp()
        let place = try RestoredFile(store)
        try folder.write("left", to: "store.db-wal")
        // A folder takes no file's place.
        try FileManager.default.removeItem(atPath: store)
        try FileManager.default.createDirectory(atPath: store + "/full", withIntermediateDirectories: true)
        let copy = try folder.write("copy", to: "copy.db")
        #expect(throws: StoreError.self) { try place.publish(copy) }
        #expect(try String(contentsOfFile: store + "-wal", encoding: .utf8) == "left")
    }

    /// What a killed process left beside its store does not go into the new one.
    @Test func theCompanionsOfTheStoreBeforeAreGone() async throws {
        try await backedUp()
        for suffix in ["-wal", "-shm", "-journal"] { try folder.write("left", to: "store.db" + suffix) }
        _ = try await StoreRestoration(of: backup, at: store)
        for suffix in ["-wal", "-shm", "-journal"] {
            #expect(!FileManager.default.fileExists(atPath: store + suffix), "\(suffix)")
        }
    }

    @Test func aStoreThatIsOpenIsLeftAlone() async throws {
        try await backedUp()
        let opened = try SQLiteStore(path: store)
        let error = await #expect(throws: StoreError.self) { try await StoreRestoration(of: backup, at: store) }
        #expect(error?.code == .inUse)
        await opened.close()
        #expect(try await head().seq == 2)
    }

    @Test(arguments: ["text", "foreign", "damaged", "itself", "missing"])
    func whatIsNoBackupChangesNothing(what: String) async throws {
        try await backedUp()
        var file = folder.file("other.db")
        switch what {
        case "text": try folder.write("no database", to: "other.db")
        case "foreign": _ = try await ChildProcess.run("/usr/bin/python3", ["-c", Self.foreign, file])
        case "damaged":
            var bytes = try Data(contentsOf: URL(fileURLWithPath: backup))
            for place in stride(from: 5000, to: bytes.count, by: 97) { bytes[place] ^= 0xff }
            try bytes.write(to: URL(fileURLWithPath: file))
        case "itself": file = store
        default: break
        }
        let error = await #expect(throws: (any Error).self) { try await StoreRestoration(of: file, at: store) }
        if what == "missing" {
            #expect("\(try #require(error))".contains("There is no backup at \(file)."), "\(String(describing: error))")
        }
        #expect(try await head().seq == 2)
        #expect(!FileManager.default.fileExists(atPath: store + ".restoring"))
    }

    private static let foreign =
        "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute('create table t(a)'); c.commit()"

    @Test func aBackupOfAnEarlierVersionIsBroughtUpToDate() async throws {
        try await backedUp()
        try FileManager.default.removeItem(atPath: backup)
        try StoreFixture("store-0008-played").write(to: backup)
        #expect(try await StoreRestoration(of: backup, at: store).isHeld)
        _ = try await head()
    }
}
