import BotCore
import Foundation
import GRDB
import TestSupport
import Testing

@testable import BotStore

/// Many writers, few commits, and nobody pays for another's mistake.
@Suite("The writer", .timeLimit(.minutes(20)))
struct GroupCommitTests {
    @Test func sharesCommitsAmongThoseWhoWaitAndKeepsTheirOrder() async throws {
        try await withSQLiteStore { store, _ in
            let commits = CommitWatcher()
            try await store.add(commits)
            let before = commits.count.state
            try await withThrowingTaskGroup { group in
                let gate = Gate()
                group.addTask { try await store.write { _ in gate.wait() } }
                await gate.reached()
                for number in 1...300 {
                    group.addTask { try await store.write { _ = try $0.append(Sample.entry(number)) } }
                    await store.waits(for: number)
                }
                gate.open()
                try await group.waitForAll()
            }
            // The gate's own, then twice 128, then the 44 that are left.
            #expect(commits.count.state - before == 4)
            let numbers = try await store.read { try $0.history(from: 1, limit: 400) }
                .map { try JSONValue(parsing: $0.entry)["change"]?.int }
            #expect(numbers == Array(1...300))
        }
    }

    @Test func undoesOnlyTheClosureThatFailed() async throws {
        struct Refused: Error, Equatable { let number: Int }
        try await withSQLiteStore { store, _ in
            let gate = Gate()
            async let first: Void = store.write { _ in gate.wait() }
            await gate.reached()
            let results = await withTaskGroup(of: (Int, Bool).self) { group in
                for number in 1...30 {
                    group.addTask {
                        do {
                            try await store.write { writer in
                                try writer.insert(Sample.change(try writer.nextChangeID()))
                                try writer.remember(delivery: "\(number)", answer: "", at: Sample.start)
                                if number.isMultiple(of: 3) { throw Refused(number: number) }
                            }
                            return (number, true)
                        } catch {
                            #expect(error as? Refused == Refused(number: number))
                            return (number, false)
                        }
                    }
                    await store.waits(for: number)
                }
                gate.open()
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            try await first
            for number in 1...30 {
                let stored = try await store.read { try $0.answer(toDelivery: "\(number)") } != nil
                #expect(stored == !number.isMultiple(of: 3))
                #expect(results[number] == stored)
            }
            // No number was lost to those that failed.
            #expect(try await store.read { try $0.newestChanges(nil) }.map(\.id) == Array(1...20))
        }
    }

    /// Savepoints cost a copy of every page, so there are none as long as nothing is to be undone.
    @Test(arguments: [false, true])
    func runsClosuresAgainOnlyIfOneFailedThatHadWritten(hasWritten: Bool) async throws {
        struct Refused: Error {}
        try await withSQLiteStore { store, _ in
            let (runs, effects) = (EventWaiter([Int](repeating: 0, count: 5)), EventWaiter([Int]()))
            let gate = Gate()
            async let first: Void = store.write { _ in gate.wait() }
            await gate.reached()
            try await withThrowingTaskGroup { group in
                for number in 0..<5 {
                    group.addTask {
                        let isStored: Void? = try? await store.write { writer in
                            runs.update { $0[number] += 1 }
                            writer.whenStored { effects.update { $0.append(number) } }
                            if number != 3 || hasWritten { _ = try writer.append(Sample.entry(number)) }
                            if number == 3 { throw Refused() }
                        }
                        #expect((isStored == nil) == (number == 3))
                    }
                    await store.waits(for: number + 1)
                }
                gate.open()
                try await group.waitForAll()
            }
            try await first
            #expect(runs.state == (hasWritten ? [2, 2, 2, 2, 1] : [1, 1, 1, 1, 1]))
            #expect(effects.state == [0, 1, 2, 4])
            let stored = try await store.read { try $0.history(from: 1, limit: 10) }
            #expect(try stored.map { try JSONValue(parsing: $0.entry)["change"]?.int } == [0, 1, 2, 4])
        }
    }

    /// Of what one closure learned, only that is known to the next which nobody has changed or undone since.
    @Test(arguments: [false, true])
    func sharesWhatIsKnownOnlyAsLongAsItIsTrue(isUndone: Bool) async throws {
        struct Refused: Error {}
        try await withSQLiteStore { store, _ in
            try await store.write { try $0.insert(Sample.change(1, cluster: 42, state: .sending)) }
            let gate = Gate()
            async let first: Void = store.write { _ in gate.wait() }
            await gate.reached()
            async let before = store.write { try $0.changes(cluster: 42, in: [.unknown]).count }
            await store.waits(for: 1)
            async let losing: Void = store.write { writer in
                var lost = try #require(try writer.change(1))
                lost.state = .unknown
                try writer.update(lost)
                #expect(try writer.nextChangeID() == 2)
                try writer.insert(Sample.change(2))
                if isUndone { throw Refused() }
            }
            await store.waits(for: 2)
            async let after = store.write { writer in
                (try writer.changes(cluster: 42, in: [.unknown]).count, try writer.nextChangeID())
            }
            await store.waits(for: 3)
            gate.open()
            try await first
            #expect(try await before == 0)
            let isLost: Void? = try? await losing
            #expect((isLost == nil) == isUndone)
            #expect(try await after == (isUndone ? (0, 2) : (1, 3)))
        }
    }

    @Test func tellsNobodyBeforeTheCommit() async throws {
        try await withSQLiteStore { store, _ in
            let watcher = CommitWatcher()
            try await store.add(watcher)
            for number in 1...20 {
                let before = watcher.count.state
                try await store.write { try $0.insert(Sample.change(number)) }
                #expect(watcher.count.state == before + 1)
                #expect(try await store.read { try $0.change(number) } != nil)
            }
        }
    }

    @Test func tellsEveryoneOfABatchWhenItsCommitFailsAndGoesOnAfterAFullDisk() async throws {
        try await withSQLiteStore { store, _ in
            let watcher = CommitWatcher()
            try await store.add(watcher)
            let codes = await fail(the: watcher, with: .SQLITE_FULL, writing: 5, to: store)
            #expect(codes == Array(repeating: .cannotWrite, count: 5))
            #expect(try await store.read { try $0.newestChanges(nil) }.isEmpty)
            try await store.write { try $0.insert(Sample.change(1)) }
            #expect(try await store.read { try $0.change(1) } != nil)
        }
    }

    @Test(arguments: [ResultCode.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_WRITE, .SQLITE_CORRUPT, .SQLITE_READONLY_DBMOVED])
    func writesNothingMoreAfterAFailureThatLeavesTheDiskUnknown(code: ResultCode) async throws {
        try await withSQLiteStore { store, _ in
            let watcher = CommitWatcher()
            try await store.add(watcher)
            let codes = await fail(the: watcher, with: code, writing: 5, to: store)
            #expect(codes.count == 5)
            var failures = store.failure.makeAsyncIterator()
            let failure = try #require(await failures.next())
            let later = await #expect(throws: StoreError.self) { try await store.write { _ = try $0.nextChangeID() } }
            #expect(later == failure)
            // Reading still helps to find out what happened.
            #expect(try await store.read { try $0.newestChanges(nil) }.isEmpty)
        }
    }

    @Test func countsAClosureThatSwallowedADiskErrorAsFailed() async throws {
        try await withSQLiteStore { store, _ async throws in
            let error = await #expect(throws: StoreError.self) {
                try await store.write { writer in
                    try writer.insert(Sample.change(1))
                    let statements = try #require(writer as? RowWriter).statements
                    _ = try? statements.all(Query("SELECT 1"), []) { _ in
                        throw ConnectionFailure(DatabaseError(resultCode: .SQLITE_FULL))
                    }
                    try? writer.insert(Sample.change(2))
                }
            }
            #expect(error?.code == .cannotWrite)
            #expect(error?.description.contains("full") == true)
            #expect(try await store.read { try $0.newestChanges(nil) }.isEmpty)
        }
    }

    /// As where another program has damaged the tables: trying for ever would help nobody.
    @Test func tellsEveryoneIfNothingCanEvenBegin() async throws {
        try await withSQLiteStore { store, folder in
            let other = try DatabaseQueue(path: folder.file("test.db"))
            try await other.write { try $0.execute(sql: "ALTER TABLE meta RENAME TO gone") }
            await withTaskGroup { group in
                for number in 1...5 {
                    group.addTask {
                        await #expect(throws: StoreError.self) {
                            try await store.write { try $0.insert(Sample.change(number)) }
                        }
                    }
                }
            }
            try await other.write { try $0.execute(sql: "ALTER TABLE gone RENAME TO meta") }
            #expect(try await store.read { try $0.newestChanges(nil) } == [])
            try other.close()
        }
    }

    /// Damage is said to be damage, and not that another process took the store, which is what is asked there.
    @Test func writesNothingMoreWhereReadingWhoOwnsItFindsDamage() async throws {
        try await withSQLiteStore { store, folder in
            let other = try DatabaseQueue(path: folder.file("test.db"))
            let (page, size) = try await other.write { db in
                let page = try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'meta'")
                return (try #require(page), try #require(try Int.fetchOne(db, sql: "PRAGMA page_size")))
            }
            // All of it in the file, one page of that destroyed, and the writer made to read it anew.
            try await other.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("test.db")))
            try file.seek(toOffset: UInt64((page - 1) * size))
            try file.write(contentsOf: Data(repeating: 0xFF, count: size))
            try file.close()
            try await other.write { try $0.execute(sql: "INSERT INTO delivery (key, answer, at) VALUES ('1', '', 0)") }
            let error = await #expect(throws: StoreError.self) {
                try await store.write { try $0.insert(Sample.change(1)) }
            }
            #expect(error?.code == .corrupt)
            var failures = store.failure.makeAsyncIterator()
            #expect(await failures.next()?.code == .corrupt)
            #expect(!store.isOwned)
            try other.close()
        }
    }

    @Test func finishesWhatWaitsWhenItIsClosed() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file("test.db"))
        let gate = Gate()
        async let first: Void = store.write { _ in gate.wait() }
        await gate.reached()
        async let second: Void = store.write { try $0.insert(Sample.change(1)) }
        await store.waits(for: 1)
        async let closed: Void = store.close()
        gate.open()
        try await first
        try await second
        await closed
        await store.close()
        for code in [
            await #expect(throws: StoreError.self) { try await store.write { _ = try $0.nextChangeID() } }?.code,
            await #expect(throws: StoreError.self) { try await store.read { _ = try $0.historyHead() } }?.code,
        ] {
            #expect(code == .closed)
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(files == ["test.db", "test.db.lock", "test.db.marker"])
        let reader = try ReadOnlySQLiteStore(path: folder.file("test.db"))
        #expect(try await reader.read { try $0.change(1) } != nil)
    }

    @Test func emptiesTheLogAsItGrows() async throws {
        try await withSQLiteStore { store, folder in
            for round in 0..<400 {
                try await store.write { writer in
                    for number in 1...10 { _ = try writer.append(Sample.entry(round * 10 + number)) }
                }
            }
            let log = try FileManager.default.attributesOfItem(atPath: folder.file("test.db-wal"))[.size] as? Int
            // A thousand pages and what one commit adds; 400 commits would be far more if nothing took them out.
            #expect(try #require(log) < 6 * 1024 * 1024)
            #expect(try await store.damage() == [])
        }
    }

    /// Lets one commit of several closures fail and returns what each caller was told.
    private func fail(
        the watcher: CommitWatcher,
        with code: ResultCode,
        writing count: Int,
        to store: SQLiteStore
    ) async -> [StoreError.Code?] {
        let gate = Gate()
        let first = Task { try await store.write { _ in gate.wait() } }
        await gate.reached()
        return await withTaskGroup(of: StoreError.Code?.self) { group in
            for number in 1...count {
                group.addTask {
                    do {
                        try await store.write { writer in
                            writer.whenStored { Issue.record("this was not stored") }
                            watcher.failure.update { $0 = code }
                            try writer.insert(Sample.change(number))
                        }
                        return nil
                    } catch {
                        return (error as? StoreError)?.code
                    }
                }
                await store.waits(for: number)
            }
            gate.open()
            _ = await first.result
            return await group.reduce(into: []) { $0.append($1) }
        }
    }
}

/// Counts commits, and fails one when it is told to.
private final class CommitWatcher: TransactionObserver, Sendable {
    let count = EventWaiter(0)
    let failure = EventWaiter<ResultCode?>(nil)

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseWillCommit() throws {
        let code = failure.update { code in
            defer { code = nil }
            return code
        }
        if let code { throw DatabaseError(resultCode: code) }
    }
    func databaseDidCommit(_ db: Database) { count.update { $0 += 1 } }
    func databaseDidRollback(_ db: Database) {}
}

extension SQLiteStore {
    /// Watches the writing connection.
    fileprivate func add(_ observer: CommitWatcher) async throws {
        try await write { try $0.database.add(transactionObserver: observer) }
    }
}
