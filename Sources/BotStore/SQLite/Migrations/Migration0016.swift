/// Adds the store's name, which file it was last and whether it
/// may have been put back, where its history was told last, and what is known of the history channels that are read back: how far they
/// fit, and which heads somebody has accepted.
enum Migration0016: Migration {
    static let name = "0016 channels that remember"
    static let sql = """
        CREATE TABLE identity (
            id TEXT NOT NULL,
            made_at INTEGER NOT NULL,
            file TEXT,
            told_in TEXT,
            is_suspect INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        -- A copy that is brought up to date apart gets the same name, and the same age.
        INSERT INTO identity (id, made_at)
        SELECT coalesce((SELECT substr(hash, 1, 32) FROM history WHERE seq = 1), lower(hex(randomblob(16)))),
            coalesce((SELECT at FROM history WHERE seq = 1), unixepoch() * 1000);
        CREATE TABLE compared (
            channel TEXT PRIMARY KEY NOT NULL,
            place TEXT NOT NULL
        ) STRICT;
        CREATE TABLE released (
            hash TEXT PRIMARY KEY NOT NULL,
            seq INTEGER NOT NULL
        ) STRICT;
        ALTER TABLE hold ADD COLUMN fork_channel TEXT;
        ALTER TABLE hold ADD COLUMN fork_seq INTEGER;
        ALTER TABLE hold ADD COLUMN fork_hash TEXT;
        """
}
