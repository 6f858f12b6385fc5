import NIOConcurrencyHelpers

/// A statement that is asked again and again, with `?` (or `?1`, `?2`) for its values. Made once, as a static constant: a
/// connection finds what it prepared of it by number, where looking up a long text would cost as much as many a statement
/// itself.
struct Query: Sendable {
    let sql: String
    /// Its own among all of the process.
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
