import GRDB

/// Old deliveries are found by going through all of them now and then: an index by time made every command dearer.
enum Migration0007 {
    static let name = "0007 deliveries without an index by time"

    static func run(_ db: Database) throws {
        try db.execute(sql: "DROP INDEX delivery_at;")
    }
}
