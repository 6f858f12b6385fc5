/// Stores what closes clusters: locks, freezes from chat, and what people were told of the configuration's freezes.
enum Migration0011: Migration {
    static let name = "0011 locks and freezes"
    static let sql = """
        CREATE TABLE cluster_lock (
            cluster INTEGER PRIMARY KEY,
            cluster_name TEXT NOT NULL,
            cluster_project TEXT NOT NULL,
            cluster_labels TEXT NOT NULL,
            person TEXT,
            account TEXT,
            name TEXT NOT NULL,
            reason TEXT NOT NULL,
            channel TEXT NOT NULL,
            since INTEGER NOT NULL,
            until INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE freeze (
            number INTEGER PRIMARY KEY CHECK (number >= 1),
            -- What it covers, as JSON: ids, names, labels; an empty object covers everything.
            scope TEXT NOT NULL,
            person TEXT,
            account TEXT,
            name TEXT NOT NULL,
            reason TEXT NOT NULL,
            channel TEXT NOT NULL,
            since INTEGER NOT NULL,
            until INTEGER NOT NULL,
            -- Null while nobody ended it and the history does not tell that it is over.
            ended_at INTEGER
        ) STRICT;
        CREATE INDEX freeze_open ON freeze (number) WHERE ended_at IS NULL;
        CREATE TABLE told_freeze (
            name TEXT NOT NULL,
            since INTEGER NOT NULL,
            until INTEGER NOT NULL,
            covering TEXT NOT NULL,
            ended_at INTEGER,
            is_over INTEGER NOT NULL,
            PRIMARY KEY (name, since, until)
        ) STRICT, WITHOUT ROWID;
        """
}
