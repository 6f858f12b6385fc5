import GRDB

/// The store's tables as they are, read beside the running service by nothing but SQL.
struct StoreView {
    struct Row {
        let id: Int
        let cluster: Int
        let action: String
        let state: String

        var isEnded: Bool { !["preparing", "pending", "ready", "sending", "unknown"].contains(state) }
    }

    private let database: DatabaseQueue

    init(_ path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        database = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Where a table begins in the file; pages are counted from 1.
    func rootPage(of table: String) throws -> (number: Int, size: Int) {
        try database.read { db in
            let number = try Int.fetchOne(
                db,
                sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?",
                arguments: [table]
            )
            return (number ?? 0, try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
        }
    }

    func changes() throws -> [Row] {
        try database.read { db in
            try GRDB.Row.fetchAll(db, sql: "SELECT id, cluster, action, state FROM change ORDER BY id").map {
                Row(id: $0["id"], cluster: $0["cluster"], action: $0["action"], state: $0["state"])
            }
        }
    }

    /// Messages that are still to be posted or edited.
    func waitingPosts() throws -> Int {
        try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM post WHERE posted < wanted") ?? 0 }
    }
}
