import BotCore
import GRDB
import TestSupport
import Testing

@testable import BotStore

@Suite("A store that a released version left", .timeLimit(.minutes(20)))
struct EarlierStoreTests {
    @Test(arguments: EarlierStore.all)
    func opensAndGoesOn(_ earlier: EarlierStore) async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("old.db")
        try StoreFixture(earlier.name).write(to: path)
        let store = try SQLiteStore(path: path)
        guard case .intact(earlier.entries, let head) = try await HistoryVerifier(store).verify() else {
            Issue.record("the history does not fit")
            return
        }
        let found = try await store.read { reader in
            let changes = try reader.newestChanges(nil)
            return (changes, try changes.flatMap { try reader.approvals(of: $0.id) }, try reader.waitingPosts())
        }
        #expect(found.0.map(\.id) == Array(1...earlier.changes))
        #expect(try await store.read { try $0.hold() } == nil)
        // It takes what a new one takes.
        let next = try await store.write { writer in
            var change = Sample.change(try writer.nextChangeID(), cluster: 900)
            try writer.insert(change)
            change.state = .pending
            try writer.update(change)
            try writer.save(Sample.post(change.id, at: 1))
            return try writer.append(Sample.entry(1))
        }
        #expect(next.seq == head.seq + 1)
        #expect(try await store.read { try $0.waitingPosts() } == found.2 + 1)
        await store.close()

        let reader = try ReadOnlySQLiteStore(path: path)
        try await reader.backUp(to: folder.file("backup.db"))
        let copy = try ReadOnlySQLiteStore(path: folder.file("backup.db"))
        #expect(try await copy.read { try $0.approvals(of: 4).count + $0.approvals(of: 2).count } > 0)
        try await DatabaseQueue(path: path).read { db throws in
            #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM post") == earlier.posts + 1)
        }
        // The marker beside it goes on with the same history.
        let again = try SQLiteStore(path: path)
        #expect(try await again.read { try $0.hold() } == nil)
        #expect(try await again.read { try $0.historyHead() } == next)
        await again.close()
    }

    /// Rebuilding a table loses no row and swaps no column.
    @Test(arguments: ["store-0008-every-state", "store-0008-played"])
    func keepsEveryColumnOfEveryRow(_ name: String) async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("old.db")
        try StoreFixture(name).write(to: path)
        let (before, columns) = try await DatabaseQueue(path: path).read { try Self.rows($0, keeping: nil) }
        await (try SQLiteStore(path: path)).close()
        let (after, _) = try await DatabaseQueue(path: path).read { try Self.rows($0, keeping: columns) }
        for (table, rows) in before {
            #expect(!rows.isEmpty, "\(table) is empty, so that nothing is shown of it")
            #expect(after[table] == rows, "\(table)")
        }
    }

    /// The rows of the tables that are rebuilt, as text and sorted, with the columns that both versions have.
    private static func rows(_ db: Database, keeping known: [String: [String]]?) throws
        -> (rows: [String: [String]], columns: [String: [String]])
    {
        // What a message's place is called has changed, and one column is gone that nobody read.
        let changed: [String: Set<String>] = ["post": ["place", "seq"], "change": ["message_tried"]]
        var all: [String: [String]] = [:]
        var names: [String: [String]] = [:]
        for table in ["change", "approval", "intent", "post", "history", "history_text"] {
            let columns =
                try known?[table] ?? db.columns(in: table).map(\.name).filter { changed[table]?.contains($0) != true }
            let list = columns.map { "quote(\"\($0)\")" }.joined(separator: " || ',' || ")
            all[table] = try String.fetchAll(db, sql: "SELECT \(list) FROM \(table)").sorted()
            names[table] = columns
        }
        return (all, names)
    }

    /// The moves of the state machine, and those of a state that no change has yet.
    @Test func knowsTheMovesOfTheStateMachine() async throws {
        let folder = try TemporaryFolder()
        await (try SQLiteStore(path: folder.file("test.db"))).close()
        let stored = try await DatabaseQueue(path: folder.file("test.db")).read { db in
            try Row.fetchAll(db, sql: "SELECT from_state, to_state FROM change_move").map { row in
                "\(row["from_state"] as String) → \(row["to_state"] as String)"
            }
        }
        let moves = ChangeState.allCases.flatMap { state in
            ChangeState.allCases.filter { state != $0 && state.mayBecome($0) }.map {
                "\(state.rawValue) → \($0.rawValue)"
            }
        }
        let scheduled =
            ["preparing", "pending"].map { "\($0) → scheduled" }
            + ["ready", "refused", "denied", "cancelled", "expired", "superseded"].map { "scheduled → \($0)" }
        #expect(Set(stored) == Set(moves + scheduled))
    }

    @Test func holdsNoStateThatIsNone() async throws {
        try await withSQLiteStore { store, _ in
            try await store.write { try $0.insert(Sample.change(1)) }
            for sql in [
                "UPDATE change SET state = 'nonsense'",
                """
                INSERT INTO change (
                    cluster, cluster_name, cluster_project, cluster_labels, action, arguments, name, asker, channel,
                    added_reasons, typed_at, created_at, state, permits, policy, parameters, updated_at, revision)
                VALUES (1, '', '', '{}', '', '{}', '', '', '', '[]', 0, 0, 'nonsense', '[]', '', '{}', 0, 1)
                """,
            ] {
                let error = await #expect(throws: DatabaseError.self) {
                    try await store.write { try $0.database.execute(sql: sql) }
                }
                #expect(error?.resultCode == .SQLITE_CONSTRAINT)
            }
        }
    }

    /// One message a place, also where it is about no change.
    @Test func holdsMessagesThatAreAboutNoChange() async throws {
        try await withSQLiteStore { store, _ in
            let sql = """
                INSERT INTO post
                    (change, place, key, channel, asker, wanted, posted, tries, next_try, told, shows_plan)
                VALUES (NULL, 'copy', 'slack:T1/C2', 'slack:T1/C2', '', 1, 1, 0, 0, 0, 0)
                """
            try await store.write { try $0.database.execute(sql: sql) }
            await #expect(throws: DatabaseError.self) {
                try await store.write { try $0.database.execute(sql: sql) }
            }
            #expect(try await store.read { try $0.waitingPosts() } == 0)
        }
    }

    /// A later version may know kinds of entries that this one does not: they are read, verified and exported all the same.
    @Test func readsEntriesOfALaterKind() async throws {
        try await withSQLiteStore { store, _ in
            let later = ChainedEntry(Sample.entry(1), after: .start) { String(repeating: "0", count: 32) }
            let text = later.entry.replacing(#""kind":"requested""#, with: #""kind":"frozen""#)
            let hash = ChainedEntry.hash(prev: later.prev, entry: text)
            try await store.write { writer in
                try writer.database.execute(
                    sql: """
                        INSERT INTO history (seq, at, kind, change, cluster, entry, prev, hash)
                        VALUES (1, ?, 'frozen', 1, 42, ?, ?, ?)
                        """,
                    arguments: [(Sample.start + .seconds(1)).milliseconds, text, later.prev, hash]
                )
            }
            #expect(
                try await HistoryVerifier(store).verify() == .intact(count: 1, head: HistoryHead(seq: 1, hash: hash))
            )
            let entry = try #require(try await store.read { try $0.newestHistory(1, cluster: nil) }.first)
            #expect(entry.exportLine.contains(#""kind":"frozen""#))
        }
    }
}
