import NIOConcurrencyHelpers

/// The text of a statement that is run again and again, with `?` (or `?1`, `?2`) for its values. It is made once, as a
/// static constant: a connection finds its prepared statement by number. Looking up a long text would cost as much as
/// running a small statement.
struct Query: Sendable {
    let sql: String
    /// A number that no other query of the process has.
    let number: Int

    private static let count = NIOLockedValueBox(0)

    init(_ sql: String) {
        self.sql = sql
        number = Self.count.withLockedValue { count in
            defer { count += 1 }
            return count
        }
    }
}
