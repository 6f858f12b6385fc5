/// Writes the condition of the index of what was sent without `IN`: for a list of more than two words SQLite builds a
/// table each time a row of `change` is written.
enum Migration0006: Migration {
    static let name = "0006 what was sent, without a list"
    static let sql = """
        DROP INDEX change_sent;
        CREATE INDEX change_sent ON change (cluster, ready_order)
        WHERE (state = 'sending' OR state = 'succeeded' OR state = 'unknown');
        """
}
