/// From when on people have time for a change, and when they are called to it again: by a reminder, for a further group.
enum Migration0010: Migration {
    static let name = "0010 calls"
    static let sql = """
        ALTER TABLE change ADD COLUMN calls_at INTEGER;
        ALTER TABLE change ADD COLUMN planned_at INTEGER;
        CREATE INDEX change_calls ON change (calls_at) WHERE state = 'pending' AND calls_at IS NOT NULL;
        """
}
