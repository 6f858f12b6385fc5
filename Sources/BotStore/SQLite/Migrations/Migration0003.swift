/// Adds an index for each kind of work that holds only the rows that wait for it. So neither thousands of waiting
/// changes nor a million finished ones make a look slower.
enum Migration0003: Migration {
    static let name = "0003 indexes of what is to be done"
    static let sql = """
        CREATE INDEX change_open ON change (state, cluster) WHERE (state = 'preparing' OR state = 'pending' OR \
        state = 'ready' OR state = 'sending' OR state = 'unknown');
        CREATE INDEX change_same ON change (
            cluster, action, arguments, (state IN ('preparing', 'pending')), created_at);
        ALTER TABLE change ADD COLUMN message_tried INTEGER NOT NULL DEFAULT 0;
        UPDATE change SET message_tried = 1
        WHERE id IN (SELECT change FROM post WHERE place = 'conversation' AND (posted > 0 OR tries > 0));
        CREATE INDEX change_to_prepare ON change (id) WHERE state = 'preparing' AND message_tried = 1;
        CREATE INDEX change_ready ON change (cluster, ready_order) WHERE state = 'ready';
        CREATE INDEX change_expiry ON change (expires_at) WHERE state = 'pending';
        CREATE INDEX change_validity ON change (valid_until) WHERE state = 'ready';
        CREATE INDEX change_failed_by_reading ON change (id) WHERE state = 'failed' AND how_known = 'read_back';
        CREATE INDEX intent_started ON intent (started_at);
        CREATE INDEX post_waiting ON post (channel, (message_id IS NULL), next_try, change, place, seq)
        WHERE posted < wanted;
        """
}
