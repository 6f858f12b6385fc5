/// Offers: commands that a button gives.
enum Migration0014: Migration {
    static let name = "0014 offers"
    static let sql = """
        CREATE TABLE offer (
            handle TEXT PRIMARY KEY NOT NULL,
            line TEXT NOT NULL,
            account TEXT,
            is_direct INTEGER NOT NULL,
            change INTEGER,
            made_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX offer_made_at ON offer (made_at);
        CREATE INDEX offer_of_change ON offer (change, made_at) WHERE change IS NOT NULL;
        """
}
