import BotCore
import Foundation
import GRDB
import TestSupport
import Testing

@testable import BotStore

@Suite("Who owns a store", .timeLimit(.minutes(20)))
struct OwnershipTests {
    @Test func everyOpeningHasANewFence() async throws {
        let folder = try TemporaryFolder()
        for expected in 1...3 {
            let store = try SQLiteStore(path: folder.file("test.db"))
            #expect(try await store.write { try $0.fence() } == expected)
            await store.close()
        }
    }

    /// Whoever can put a link beside the store could let the service write to any file of its user.
    @Test(arguments: ["lock", "marker"]) func aLinkInPlaceOfACompanionIsRefused(_ companion: String) async throws {
        let folder = try TemporaryFolder()
        let victim = try folder.write("precious", to: "victim")
        let link = folder.file("test.db.\(companion)")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: victim)
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.file("test.db")) }
        #expect(
            error?.code == .cannotOpen && error?.description.contains("is a link") == true,
            "\(String(describing: error))"
        )
        #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious")
    }

    /// Somebody removed the lock file and started a second process: the first must not write or send any more.
    @Test func whoeverOpenedItLastIsTheOnlyOneThatWrites() async throws {
        let folder = try TemporaryFolder()
        let first = try SQLiteStore(path: folder.file("test.db"))
        try await first.write { try $0.insert(Sample.change(1)) }
        #expect(first.isOwned)
        try FileManager.default.removeItem(atPath: folder.file("test.db.lock"))
        #expect(!first.isOwned)
        let second = try SQLiteStore(path: folder.file("test.db"))
        #expect(second.isOwned)
        let error = await #expect(throws: StoreError.self) {
            try await first.write { try $0.insert(Sample.change(2)) }
        }
        #expect(error?.code == .fenced)
        var failures = first.failure.makeAsyncIterator()
        #expect(await failures.next()?.code == .fenced)
        try await second.write { try $0.insert(Sample.change(2)) }
        #expect(try await second.read { try $0.newestChanges(nil).count } == 2)
        await first.close()
        await second.close()
    }

    /// Between the two runs of a batch in which one closure failed, the file is anybody's.
    @Test func whoeverTookItWhileABatchWasUndoneIsTheOnlyOneThatWrites() async throws {
        struct Refused: Error {}
        let folder = try TemporaryFolder()
        let first = try SQLiteStore(path: folder.file("test.db"))
        try FileManager.default.removeItem(atPath: folder.file("test.db.lock"))
        let takeover = Takeover(folder.file("test.db"))
        try await first.write { try $0.database.add(transactionObserver: takeover) }
        let gate = Gate()
        async let opening: Void = first.write { _ in gate.wait() }
        await gate.reached()
        let codes = await withTaskGroup(of: StoreError.Code?.self) { group in
            for number in 1...4 {
                group.addTask {
                    await #expect(throws: StoreError.self) {
                        try await first.write { writer in
                            try writer.insert(Sample.change(number))
                            if number == 3 { throw Refused() }
                        }
                    }?.code
                }
                await first.waits(for: number)
            }
            gate.open()
            return await group.reduce(into: []) { $0.append($1) }
        }
        try await opening
        #expect(codes == Array(repeating: .fenced, count: 4))
        let second = try #require(takeover.store.state)
        #expect(try await second.read { try $0.newestChanges(nil) } == [])
        try await second.write { try $0.insert(Sample.change(1)) }
        await first.close()
        await second.close()
    }

    @Test func aStoreThatWasClosedIsNotOwned() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file("test.db"))
        await store.close()
        #expect(!store.isOwned)
    }
}

/// Opens a store a second time as soon as its writer has undone a transaction.
private final class Takeover: TransactionObserver, Sendable {
    let store = EventWaiter<SQLiteStore?>(nil)
    private let path: String

    init(_ path: String) { self.path = path }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ db: Database) {}
    func databaseDidRollback(_ db: Database) {
        store.update { store in
            if store == nil { store = try? SQLiteStore(path: path) }
        }
    }
}

@Suite("A store that was restored from a backup", .timeLimit(.minutes(20)))
struct RestoredStoreTests {
    /// Two entries, a backup, and what happens after it.
    private func restored(_ folder: TemporaryFolder, after changes: (SQLiteStore) async throws -> Void) async throws
        -> StoreHold?
    {
        let path = folder.file("test.db")
        var store = try SQLiteStore(path: path)
        try await store.write { writer in for number in 1...2 { try writer.append(Sample.entry(number)) } }
        await store.close()
        try FileManager.default.copyItem(atPath: path, toPath: folder.file("backup.db"))
        store = try SQLiteStore(path: path)
        try await changes(store)
        await store.close()
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.copyItem(atPath: folder.file("backup.db"), toPath: path)
        store = try SQLiteStore(path: path)
        let hold = try await store.read { try $0.hold() }
        await store.close()
        return hold
    }

    @Test func isNoticed() async throws {
        let folder = try TemporaryFolder()
        let hold = try await restored(folder) { try await $0.write { _ = try $0.append(Sample.entry(3)) } }
        #expect(hold?.remembered.seq == 3)
        #expect(hold?.found.seq == 2)
        // Until somebody lets it go on, however often it is started and whatever is written.
        let store = try SQLiteStore(path: folder.file("test.db"))
        try await store.write { writer in for number in 3...5 { try writer.append(Sample.entry(number)) } }
        #expect(try await store.read { try $0.hold() } == hold)
        try await store.write { try $0.endHold() }
        await store.close()
        let next = try SQLiteStore(path: folder.file("test.db"))
        #expect(try await next.read { try $0.hold() } == nil)
        await next.close()
    }

    /// Also for those who share a commit with whoever lets it go on.
    @Test(arguments: [false, true])
    func isOverOnceSomebodyEndedItForGood(isUndone: Bool) async throws {
        struct Refused: Error {}
        let folder = try TemporaryFolder()
        _ = try await restored(folder) { try await $0.write { _ = try $0.append(Sample.entry(3)) } }
        let store = try SQLiteStore(path: folder.file("test.db"))
        let gate = Gate()
        async let first: Void = store.write { _ in gate.wait() }
        await gate.reached()
        async let before = store.write { try $0.hold() }
        await store.waits(for: 1)
        async let ending: Void = store.write { writer in
            try writer.endHold()
            #expect(try writer.hold() == nil)
            if isUndone { throw Refused() }
        }
        await store.waits(for: 2)
        async let after = store.write { try $0.hold() }
        await store.waits(for: 3)
        gate.open()
        try await first
        #expect(try await before != nil)
        let isEnded: Void? = try? await ending
        #expect((isEnded == nil) == isUndone)
        #expect(try await (after != nil) == isUndone)
        await store.close()
    }

    /// What the start must know where no channel answers: the file and its marker are where they were. Until somebody has
    /// compared, however often it is started.
    @Test func anotherFileOrMarkerIsSuspect() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("test.db")
        func isSuspect(_ then: (SQLiteStore) async throws -> Void = { _ in }) async throws -> Bool {
            let store = try SQLiteStore(path: path)
            let isSuspect = try await store.read { try $0.isSuspect() }
            try await then(store)
            await store.close()
            return isSuspect
        }
        func clear(_ store: SQLiteStore) async throws { try await store.write { try $0.setSuspect(false) } }
        let isNewSuspect = try await isSuspect { store in
            try await store.write { writer in for number in 1...2 { try writer.append(Sample.entry(number)) } }
        }
        #expect(!isNewSuspect)
        #expect(try await !isSuspect(), "a plain restart")
        try FileManager.default.removeItem(atPath: path + ".marker")
        #expect(try await isSuspect(), "the marker is gone")
        #expect(try await isSuspect(clear), "it was only started again")
        #expect(try await !isSuspect())
        // The place may be given out again, but the file is made anew.
        let content = try Data(contentsOf: URL(fileURLWithPath: path))
        try FileManager.default.removeItem(atPath: path)
        try content.write(to: URL(fileURLWithPath: path))
        #expect(try await isSuspect(), "the file is a copy")
        #expect(try await isSuspect(clear), "it was only started again")
        #expect(try await !isSuspect())
    }

    @Test func isNotSuspectedWhereNothingWasForgotten() async throws {
        #expect(try await restored(TemporaryFolder()) { _ in } == nil)
    }

    @Test func isNoticedWhenOtherEntriesStandInItsPlace() async throws {
        let folder = try TemporaryFolder()
        let hold = try await restored(folder) { try await $0.write { _ = try $0.append(Sample.entry(3)) } }
        #expect(hold != nil)
        // Longer than what the marker remembers by now, but another history.
        let path = folder.file("test.db")
        try FileManager.default.removeItem(atPath: path)
        var store = try SQLiteStore(path: folder.file("other.db"))
        try await store.write { writer in for number in 1...9 { try writer.append(Sample.entry(number + 10)) } }
        await store.close()
        try FileManager.default.copyItem(atPath: folder.file("other.db"), toPath: path)
        store = try SQLiteStore(path: path)
        #expect(try await store.read { try $0.hold() }?.found.seq == 9)
        await store.close()
    }

    @Test func isNoticedWhenTheFileIsGone() async throws {
        let folder = try TemporaryFolder()
        var store = try SQLiteStore(path: folder.file("test.db"))
        try await store.write { _ = try $0.append(Sample.entry(1)) }
        await store.close()
        try FileManager.default.removeItem(atPath: folder.file("test.db"))
        store = try SQLiteStore(path: folder.file("test.db"))
        #expect(try await store.read { try $0.hold() }?.remembered.seq == 1)
        await store.close()
    }

    /// A crash between the commit and the marker leaves the marker behind, never ahead.
    @Test func isNotSuspectedAfterACrashBeforeTheMarkerWasWritten() async throws {
        let folder = try TemporaryFolder()
        var store = try SQLiteStore(path: folder.file("test.db"))
        try await store.write { _ = try $0.append(Sample.entry(1)) }
        let marker = try Data(contentsOf: URL(fileURLWithPath: folder.file("test.db.marker")))
        try await store.write { _ = try $0.append(Sample.entry(2)) }
        await store.close()
        try marker.write(to: URL(fileURLWithPath: folder.file("test.db.marker")))
        store = try SQLiteStore(path: folder.file("test.db"))
        #expect(try await store.read { try $0.hold() } == nil)
        await store.close()
    }

    /// A power cut tore the slot that was being written: the other one counts.
    @Test func believesNoTornMarker() async throws {
        let folder = try TemporaryFolder()
        let marker = try StoreMarker(beside: folder.file("test.db"))
        let heads = (1...3).map { HistoryHead(seq: $0, hash: String(repeating: "\($0)", count: 64)) }
        for head in heads { #expect(marker.remember(head, isSynced: true)) }
        #expect(try StoreMarker(beside: folder.file("test.db")).remembered == heads[2])
        var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file("test.db.marker")))
        let last = try #require(bytes.range(of: Data(heads[2].hash.utf8)))
        bytes[last.lowerBound + 5] ^= 1
        try bytes.write(to: URL(fileURLWithPath: folder.file("test.db.marker")))
        #expect(try StoreMarker(beside: folder.file("test.db")).remembered == heads[1])
    }

    @Test func isForItsOwnerOnly() async throws {
        try await withSQLiteStore { _, folder in
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("test.db.marker"))
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }
}
