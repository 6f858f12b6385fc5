import BotCore
import BotStore
import GRDB
import TestSupport
import Testing

/// Whoever can write to the file can change the history, but not unnoticed.
@Suite("The history verifier", .timeLimit(.minutes(20)))
struct HistoryTamperTests {
    private let count = 50

    @Test func findsTheFirstEntryThatWasTamperedWith() async throws {
        try await withTamperableHistory { database, verifier, _ in
            for seq in 1...count {
                let cases: [(name: String, sql: String, broken: Int)] = [
                    (
                        "flip a digit",
                        "UPDATE history SET entry = replace(entry, 'scale', 'scaly') WHERE seq = \(seq)", seq
                    ),
                    ("kind", "UPDATE history SET kind = 'denied' WHERE seq = \(seq)", seq),
                    ("at", "UPDATE history SET at = at + 1 WHERE seq = \(seq)", seq),
                    ("change", "UPDATE history SET change = NULL WHERE seq = \(seq)", seq),
                    ("cluster", "UPDATE history SET cluster = 43 WHERE seq = \(seq)", seq),
                    (
                        "hash", "UPDATE history SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE seq = \(seq)",
                        seq
                    ),
                    (
                        "prev", "UPDATE history SET prev = replace(prev, substr(prev, 1, 1), 'x') WHERE seq = \(seq)",
                        seq
                    ),
                    ("text", "UPDATE history_text SET text = 'something else' WHERE seq = \(seq)", seq),
                    ("salt", "UPDATE history_text SET salt = 'x' WHERE seq = \(seq)", seq),
                    ("new text", "INSERT INTO history_text VALUES (\(seq), 'comment', 'x', 'x')", seq),
                    ("delete", seq < count ? "DELETE FROM history WHERE seq = \(seq)" : "", seq),
                    (
                        "swap",
                        seq < count
                            ? """
                            UPDATE history SET seq = 1000 WHERE seq = \(seq);
                            UPDATE history SET seq = \(seq) WHERE seq = \(seq + 1);
                            UPDATE history SET seq = \(seq + 1) WHERE seq = 1000
                            """ : "", seq
                    ),
                    (
                        "insert",
                        """
                        UPDATE history SET seq = -seq WHERE seq >= \(seq);
                        UPDATE history SET seq = -seq + 1 WHERE seq < 0;
                        INSERT INTO history SELECT \(seq), at, kind, change, cluster, entry, prev, hash
                            FROM history WHERE seq = \(seq + 1)
                        """, seq + 1
                    ),
                    ("hide", "UPDATE history SET seq = -1 WHERE seq = \(seq)", 1),
                ]
                // Every entry for what moves entries about, the ends and some between for single columns.
                let isThorough = seq % 12 == 1 || seq == count
                for tampering in cases where !tampering.sql.isEmpty {
                    if !isThorough, !["flip a digit", "delete", "swap", "insert"].contains(tampering.name) { continue }
                    try await database.write { try $0.execute(sql: tampering.sql) }
                    let verdict = try await verifier.verify()
                    if case .broken(let seq, _) = verdict {
                        #expect(seq == tampering.broken, "\(tampering.name) at \(seq)")
                    } else {
                        Issue.record("\(tampering.name) at \(seq) was not found")
                    }
                    try await database.restoreHistory()
                }
            }
            guard case .intact(count, _) = try await verifier.verify() else {
                Issue.record("the test itself broke the history")
                return
            }
        }
    }

    @Test func findsAForgedEntryThatIsChainedRightButNotFollowed() async throws {
        try await withTamperableHistory { database, verifier, entries in
            let before = entries[19].head
            let forged = ChainedEntry(Sample.entry(21, kind: .denied), after: before) { "00" }
            try await database.write { db in
                try db.execute(
                    sql: "UPDATE history SET kind = 'denied', entry = ?, hash = ? WHERE seq = 21",
                    arguments: [forged.entry, forged.hash]
                )
                try db.execute(sql: "UPDATE history_text SET salt = '00' WHERE seq = 21")
            }
            #expect(try await verifier.verify() == .broken(seq: 22, reason: "it is not chained to the entry before it"))
        }
    }

    @Test func findsThatTheEndWasCutOffOnlyByAHeadSeenOutside() async throws {
        try await withTamperableHistory { database, verifier, entries in
            try await database.write { try $0.execute(sql: "DELETE FROM history WHERE seq > 40") }
            #expect(try await verifier.verify() == .intact(count: 40, head: entries[39].head))
            let seen = try #require(HistoryVerifier.Expectation(entries[49].head.short))
            guard case .broken(41, let reason) = try await verifier.verify(expecting: seen) else {
                Issue.record("the cut was not found")
                return
            }
            #expect(reason.contains("cut off"))
            // Entries after the one that was seen are fine.
            let earlier = try #require(HistoryVerifier.Expectation(entries[29].head.short))
            #expect(try await verifier.verify(expecting: earlier) == .intact(count: 40, head: entries[39].head))
        }
    }

    @Test func findsAHistoryThatWasRewrittenAsAWholeByAHeadSeenOutside() async throws {
        try await withTamperableHistory { _, _, entries in
            try await withTamperableHistory { _, other, otherEntries in
                // The same events, other salts: another chain.
                #expect(try await other.verify() == .intact(count: count, head: otherEntries[count - 1].head))
                let seen = try #require(HistoryVerifier.Expectation(entries[24].head.short))
                guard case .broken(25, let reason) = try await other.verify(expecting: seen) else {
                    Issue.record("the rewriting was not found")
                    return
                }
                #expect(reason.contains("rewritten"))
            }
        }
    }

    @Test func acceptsThatATextWasRemoved() async throws {
        try await withTamperableHistory { database, verifier, entries in
            try await database.write { try $0.execute(sql: "DELETE FROM history_text WHERE seq = 7") }
            #expect(try await verifier.verify() == .intact(count: count, head: entries[count - 1].head))
        }
    }

    @Test func acceptsAnEmptyHistory() async throws {
        try await withSQLiteStore { store, _ async throws in
            #expect(try await HistoryVerifier(store).verify() == .intact(count: 0, head: .start))
        }
    }

    @Test func reportsATableThatHoldsOtherKindsOfValuesInsteadOfCrashing() async throws {
        try await withTamperableHistory { database, verifier, _ in
            try await database.write { db in
                try db.execute(
                    sql: """
                        CREATE TABLE fake AS SELECT * FROM history;
                        DROP TABLE history_text; DROP TABLE history;
                        ALTER TABLE fake RENAME TO history;
                        CREATE TABLE history_text (seq, name, salt, text);
                        UPDATE history SET entry = NULL WHERE seq = 5
                        """
                )
            }
            let error = await #expect(throws: StoreError.self) { try await verifier.verify() }
            #expect(error?.code == .corrupt)
        }
    }

    @Test(arguments: [
        "", "5", "5:", "5:abcdef01234", "x:abcdef012345", "-5:abcdef012345", "0:abcdef012345", "5:ghijklmnopqr",
        "5:abcdef012345:",
        "٥:abcdef012345", "+5:abcdef012345",
    ])
    func refusesAHeadThatProvesTooLittle(text: String) {
        #expect(HistoryVerifier.Expectation(text) == nil)
    }

    @Test func readsAHeadAsMessagesShowIt() {
        let head = HistoryVerifier.Expectation("41:9F8e7d6c5b4a3f2e")
        #expect(head?.seq == 41)
        #expect(head?.hash == "9f8e7d6c5b4a3f2e")
    }

    @Test(arguments: [1, 499, 500, 501, 1001])
    func exportsEveryEntryOnceOverSeveralPages(count: Int) async throws {
        try await withSQLiteStore { store, _ in
            try await store.write { writer in for number in 1...count { _ = try writer.append(Sample.entry(number)) } }
            var seqs: [Int] = []
            for try await entry in HistoryEntries(of: store) { seqs.append(entry.seq) }
            #expect(seqs == Array(1...count))
            guard case .intact(count, _) = try await HistoryVerifier(store).verify() else {
                Issue.record("verifying over several pages failed")
                return
            }
        }
    }

    @Test(arguments: [
        "UPDATE history SET kind = 'denied' WHERE seq = 3", "DELETE FROM history WHERE seq = 50",
        "INSERT OR REPLACE INTO history SELECT * FROM history WHERE seq = 3",
        "INSERT INTO history SELECT 52, at, kind, change, cluster, entry, prev, hash FROM history WHERE seq = 3",
        "UPDATE history_text SET text = 'x' WHERE seq = 3", "DELETE FROM change", "DELETE FROM intent",
        "UPDATE change SET state = 'ready'", "UPDATE change SET state = 'nonsense'", "UPDATE intent SET attempt = 2",
        "UPDATE change SET cluster = 'one'", "INSERT INTO intent SELECT 7, 1, 'x', 'x', 1, 1, NULL, NULL, 1, 1",
    ])
    func isHelpedByTablesThatRefuseWhatNobodyMayDo(sql: String) async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file("test.db"))
        try await store.write { writer in
            for number in 1...50 { _ = try writer.append(Sample.entry(number)) }
            try writer.insert(Sample.change(1, state: .sending))
            try writer.insert(Sample.intent(of: 1))
        }
        await store.close()
        let database = try DatabaseQueue(path: folder.file("test.db"))
        let error = #expect(throws: DatabaseError.self) { try database.write { try $0.execute(sql: sql) } }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }

    /// A history of 50 entries, a connection that may do anything to it, and a verifier that reads it.
    private func withTamperableHistory(
        _ body: (DatabaseQueue, HistoryVerifier, [ChainedEntry]) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file("test.db"))
        try await store.write { [count] writer in
            for number in 1...count { _ = try writer.append(Sample.entry(number)) }
        }
        let entries = try await store.read { try $0.history(from: 1, limit: 100) }
        await store.close()
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let database = try DatabaseQueue(path: folder.file("test.db"), configuration: configuration)
        try await database.write { db in
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(name)")
            }
            try db.execute(sql: "CREATE TABLE kept AS SELECT * FROM history")
            try db.execute(sql: "CREATE TABLE kept_text AS SELECT * FROM history_text")
        }
        try await body(database, HistoryVerifier(try ReadOnlySQLiteStore(path: folder.file("test.db"))), entries)
    }
}

extension DatabaseQueue {
    fileprivate func restoreHistory() async throws {
        try await write { db in
            try db.execute(
                sql: """
                    DELETE FROM history_text; DELETE FROM history;
                    INSERT INTO history SELECT * FROM kept; INSERT INTO history_text SELECT * FROM kept_text
                    """
            )
        }
    }
}
