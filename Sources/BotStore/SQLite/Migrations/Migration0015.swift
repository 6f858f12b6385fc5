/// Clusters that are followed until they run again.
enum Migration0015: Migration {
    static let name = "0015 followings"
    static let sql = """
        CREATE TABLE following (
            cluster INTEGER PRIMARY KEY NOT NULL,
            change INTEGER NOT NULL,
            since INTEGER NOT NULL,
            busy_status TEXT
        ) STRICT;
        """
}
