/// When people are called to a change again that waits for them: a reminder, a further group.
enum Migration0010: Migration {
    static let name = "0010 calls"
    static let sql = """
        ALTER TABLE change ADD COLUMN calls_at INTEGER;
        CREATE INDEX change_calls ON change (calls_at) WHERE state = 'pending' AND calls_at IS NOT NULL;
        """
}
