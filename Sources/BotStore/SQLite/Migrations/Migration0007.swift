/// Makes the rows that every command writes stand in fewer indexes, and touch fewer of their pages.
enum Migration0007: Migration {
    static let name = "0007 fewer pages a command"
    static let sql = """
        DROP INDEX delivery_at;
        DROP INDEX change_same;
        CREATE INDEX change_same ON change (cluster, action, arguments, (CASE WHEN state = 'preparing' OR state = \
        'pending' THEN 9223372036854775807 ELSE created_at END));
        DROP INDEX change_open;
        DROP INDEX change_to_prepare;
        CREATE INDEX change_preparing ON change (message_tried, id, cluster) WHERE state = 'preparing';
        CREATE INDEX change_open ON change (state, cluster)
        WHERE (state = 'pending' OR state = 'ready' OR state = 'sending' OR state = 'unknown');
        """
}
