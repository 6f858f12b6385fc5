/// Adds what decides on sending: the fence, which counts the store's openings, the lease of an attempt, and the hold
/// after a restored backup.
enum Migration0002: Migration {
    static let name = "0002 fences, leases and holds"
    static let sql = """
        INSERT INTO meta (name, value) VALUES ('fence', 0);
        ALTER TABLE intent ADD COLUMN lease_until INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE intent ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
        -- One request at a time on its way to a cluster, whatever a later mistake asks for.
        CREATE UNIQUE INDEX change_one_sending ON change (cluster) WHERE state = 'sending';
        CREATE TABLE hold (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            remembered_seq INTEGER NOT NULL,
            remembered_hash TEXT NOT NULL,
            found_seq INTEGER NOT NULL,
            found_hash TEXT NOT NULL,
            noticed_at INTEGER NOT NULL
        ) STRICT;
        """
}
