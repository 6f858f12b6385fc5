/// What the card of a waiting change says that it waits for.
enum Migration0017: Migration {
    static let name = "0017 shown waits"
    static let sql = "ALTER TABLE change ADD COLUMN shown_wait TEXT;"
}
