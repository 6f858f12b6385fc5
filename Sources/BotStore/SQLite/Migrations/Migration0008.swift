/// Stores the asker beside what waits, so that people are served in turn; the pauses that platforms asked for; and,
/// among others, what was told in private, whether a plan was shown, and which approvals counted.
enum Migration0008: Migration {
    static let name = "0008 turns, waits and what was shown"
    static let sql = """
        ALTER TABLE change ADD COLUMN request TEXT;
        ALTER TABLE change ADD COLUMN added_reasons TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE change ADD COLUMN busy_status TEXT;
        ALTER TABLE change ADD COLUMN busy_since INTEGER;
        ALTER TABLE change ADD COLUMN asker TEXT NOT NULL DEFAULT '';
        UPDATE change SET asker = CASE WHEN person IS NOT NULL THEN 'person ' || person
             WHEN account IS NOT NULL THEN 'account ' || account ELSE '' END WHERE (state = 'preparing' OR state \
        = 'pending' OR state = 'ready');
        DROP INDEX change_preparing;
        CREATE INDEX change_preparing ON change (asker, id, cluster) WHERE state = 'preparing';
        CREATE INDEX change_denied ON change (cluster, updated_at) WHERE state = 'denied';
        CREATE INDEX change_asked ON change (asker) WHERE (state = 'preparing' OR state = 'pending' OR state = \
        'ready');
        ALTER TABLE post ADD COLUMN asker TEXT NOT NULL DEFAULT '';
        ALTER TABLE post ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE post ADD COLUMN shows_plan INTEGER NOT NULL DEFAULT 0;
        UPDATE post SET asker = (SELECT CASE WHEN person IS NOT NULL THEN 'person ' || person
             WHEN account IS NOT NULL THEN 'account ' || account ELSE '' END FROM change WHERE change.id = \
        post.change) WHERE posted < wanted;
        UPDATE post SET shows_plan = 1
        WHERE place = 'conversation' AND posted > 0 AND posted >= wanted
            AND change IN (SELECT id FROM change WHERE plan IS NOT NULL);
        DROP INDEX post_waiting;
        CREATE INDEX post_waiting ON post (channel, (message_id IS NULL), asker, next_try, change, place, seq)
        WHERE posted < wanted;
        ALTER TABLE approval ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;
        UPDATE approval SET counted = 1 WHERE change IN (SELECT change FROM intent);
        CREATE TABLE chat_wait (
            method TEXT NOT NULL,
            channel TEXT NOT NULL,
            until INTEGER NOT NULL,
            PRIMARY KEY (method, channel)
        ) STRICT, WITHOUT ROWID;
        """
}
