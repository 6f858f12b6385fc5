import BotCore
import Foundation
import GRDB
import TestSupport
import Testing

@testable import BotStore

/// The bot keeps everything, so no question may cost more when there is more.
@Suite("Every question to the store", .timeLimit(.minutes(20)))
struct QueryPlanTests {
    @Test func goesThroughAnIndex() async throws {
        let folder = try TemporaryFolder()
        await (try SQLiteStore(path: folder.file("test.db"))).close()
        let asked = EventWaiter<Set<String>>([])
        let plans = try await DatabaseQueue(path: folder.file("test.db")).write { db in
            db.trace { event in
                if case .statement(let statement) = event { asked.update { _ = $0.insert(statement.sql) } }
            }
            try Self.ask(RowWriter(Statements(SQLiteStoreConnection(db))))
            db.trace(options: [])
            return try asked.state.filter { !$0.hasPrefix("--") && !$0.hasPrefix("PRAGMA") }.map { sql in
                let count = sql.contains("?9") ? 9 : sql.count { $0 == "?" }
                let arguments = StatementArguments(Array(repeating: 1, count: count))
                let rows = try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)", arguments: arguments)
                return (sql, rows.map { $0["detail"] as String })
            }
        }
        #expect(plans.count > 25)
        for (sql, steps) in plans {
            let isBounded = sql.contains(/LIMIT (\?|1|1 OFFSET \?)$/)
            for step in steps where step.hasPrefix("SCAN") {
                // Along the key until the limit, or along an index that holds only those that wait.
                let indexes = [
                    "change_failed_by_reading", "change_preparing", "change_ready", "post_waiting", "freeze_open",
                    "history_of_none",
                ]
                let isFine =
                    isBounded && !sql.contains("WHERE") || step.hasPrefix("SCAN CONSTANT")
                    || indexes.contains { step.hasSuffix("INDEX \($0)") }
                    // A row for each pause that is not over.
                    || step == "SCAN chat_wait"
                    // A row for each cluster that is locked, and for each freeze that was ever in the configuration.
                    || step == "SCAN cluster_lock" || step == "SCAN told_freeze"
                #expect(isFine, "\(step): \(sql)")
            }
            if isBounded { #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(sql)") }
        }
    }

    /// As it did for a list of words in an index's condition, at every row.
    @Test func buildsNoTableOfItsOwnToWriteARow() async throws {
        let folder = try TemporaryFolder()
        await (try SQLiteStore(path: folder.file("test.db"))).close()
        try await DatabaseQueue(path: folder.file("test.db")).read { db in
            for table in [
                "change", "approval", "intent", "history", "history_text", "post", "delivery", "chat_wait",
                "cluster_lock", "freeze", "told_freeze",
            ] {
                let columns = try db.columns(in: table).map(\.name)
                let (names, values) = (
                    columns.joined(separator: ", "), columns.map { _ in "NULL" }.joined(separator: ", ")
                )
                let sql = "EXPLAIN INSERT INTO \(table) (\(names)) VALUES (\(values))"
                let steps = try Row.fetchAll(db, sql: sql).map { $0["opcode"] as String }
                #expect(steps.contains("OpenWrite"))
                #expect(!steps.contains("OpenEphemeral"), "\(table)")
            }
        }
    }

    /// One call of everything that is to stay quick. Only `newestChanges(nil)` reads a whole table, because it is asked to.
    private static func ask(_ store: RowWriter) throws {
        _ = try store.nextChangeID()
        try store.insert(Sample.change(1))
        try store.update(Sample.change(1))
        _ = try store.change(1)
        _ = try store.changes(in: [.ready])
        _ = try store.changes(in: [.preparing, .pending, .ready, .sending, .unknown])
        _ = try store.changes(cluster: 1, in: [.ready])
        _ = try store.changes(cluster: 1, in: [.unknown])
        _ = try store.changes(cluster: 1, in: [.preparing, .pending, .ready, .sending, .unknown])
        _ = try store.changes(cluster: 1, action: "scale_cluster", arguments: [:], waitingOrSince: Sample.start)
        _ = try store.changesToPrepare(ofEach: 5)
        _ = try store.openChanges(of: "person amy")
        _ = try store.changesDenied(cluster: 1, since: Sample.start)
        _ = try store.chatWaits()
        _ = try store.firstReadyChanges()
        _ = try store.expiredChanges(at: Sample.start, limit: 5)
        _ = try store.changesFailedByReading()
        _ = try store.wasSent(to: 1, since: Sample.start)
        _ = try store.wasSent(after: Sample.change(1))
        _ = try store.newestChanges(50)
        for filter in [
            ChangeFilter(), .init(cluster: 1), .init(person: "amy"), .init(failedOnly: true),
            .init(cluster: 1, person: "amy", failedOnly: true, before: 7),
        ] { _ = try store.newestChanges(50, matching: filter) }
        _ = try store.nextReadyOrder()
        _ = try store.insert(Sample.approval(of: 1, by: Sample.amy))
        _ = try store.approvals(of: 1)
        try store.insert(Sample.intent(of: 1))
        try store.update(Sample.intent(of: 1))
        _ = try store.intent(of: 1)
        _ = try store.append(Sample.entry(1))
        _ = try store.newestHistory(10, cluster: nil)
        _ = try store.newestHistory(10, cluster: 1)
        _ = try store.history(from: 1, limit: 10)
        _ = try store.history(of: 1)
        _ = try store.lastStep(of: 1)
        _ = try store.newestHistoryOfNoChange(10, cluster: nil)
        _ = try store.newestHistoryOfNoChange(10, cluster: 1)
        _ = try store.historyHead()
        try store.save(Sample.post(1, at: 1))
        _ = try store.firstWaitingPosts()
        _ = try store.waitingPosts()
        _ = try store.oldestWaitingPost()
        _ = try store.post(change: 1, place: .conversation)
        try store.save(Sample.lock(of: 42))
        _ = try store.lock(on: 42)
        _ = try store.locks()
        try store.endLock(on: 42)
        _ = try store.nextFreezeNumber()
        try store.insert(Sample.freeze(1))
        _ = try store.freezes()
        try store.endFreeze("F1", at: Sample.start)
        try store.save(Sample.toldFreeze)
        _ = try store.toldFreezes()
        try store.forget(Sample.toldFreeze)
        _ = try store.answer(toDelivery: "a")
        try store.remember(delivery: "a", answer: "b", at: Sample.start)
        try store.remember(delivery: "b", answer: "b", at: Sample.start)
        _ = try store.forgetDeliveries(olderThan: Sample.start, limit: 5)
    }
}
