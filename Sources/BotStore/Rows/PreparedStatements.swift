import GRDB
import GRDBSQLite
import Glibc

/// What one connection keeps from one statement to the next: the prepared statements, and the memory their texts stand in
/// while they run.
final class PreparedStatements {
    /// The texts of nearly every row.
    private static let usualSize = 2048

    private let db: Database
    private let isLasting: Bool
    private var byNumber: [Statement?] = []
    private var texts = UnsafeMutableBufferPointer<CChar>(start: nil, count: 0)

    /// - Parameter isLasting: whether it lives as long as the connection; let go of it before that is closed.
    init(_ db: Database, isLasting: Bool) {
        self.db = db
        self.isLasting = isLasting
    }

    deinit { texts.deallocate() }

    /// The statement of a query, prepared at its first use.
    func statement(_ query: Query) throws -> OpaquePointer {
        // What is used for one closure only has nothing to remember.
        guard isLasting else { return try db.cachedStatement(sql: query.sql).sqliteStatement }
        if query.number < byNumber.count, let known = byNumber[query.number] { return known.sqliteStatement }
        let made = try db.cachedStatement(sql: query.sql)
        while byNumber.count <= query.number { byNumber.append(nil) }
        byNumber[query.number] = made
        return made.sqliteStatement
    }

    /// Gives a statement all of its values. SQLite takes no copy of the texts: they stand here until the next statement of
    /// this connection gets its values, so a statement is done with before.
    /// - Parameter values: one for each place: one too few would leave a value of the time before, whose text is gone.
    /// - Returns: SQLite's result.
    func bind(_ values: [StoredValue], to statement: OpaquePointer) -> CInt {
        let size = values.reduce(0) { $0 + $1.byteCount }
        if size >= texts.count {
            texts.deallocate()
            texts = .allocate(capacity: max(2 * size, Self.usualSize))
        }
        guard let start = texts.baseAddress else { return SQLITE_NOMEM }
        var place = start
        for (index, value) in values.enumerated() {
            let result = value.bind(to: statement, at: Int32(index + 1), textAt: &place)
            guard result == SQLITE_OK else { return result }
        }
        // SQLite's texts end at the first NUL.
        if memchr(start, 0, size) != nil { return bind(values.map(\.storable), to: statement) }
        return SQLITE_OK
    }
}
