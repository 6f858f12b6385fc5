import GRDB

/// Who asked stands beside what waits, so that people are served in turn; what a platform asked to wait for is kept; and what
/// was said elsewhere, shown and counted is written down.
enum Migration0008 {
    static let name = "0008 turns, waits and what was shown"

    static func run(_ db: Database) throws {
        for sql in [changes, posts, approvals, holds] { try db.execute(sql: sql) }
    }

    /// The column `asker` is `Actor.key`.
    private static let asker = """
        CASE WHEN person IS NOT NULL THEN 'person ' || person
             WHEN account IS NOT NULL THEN 'account ' || account ELSE '' END
        """

    /// The changes that count for their asker.
    private static let waits = Schema.holds("state", ["preparing", "pending", "ready"])

    private static let changes = """
        ALTER TABLE change ADD COLUMN request TEXT;
        ALTER TABLE change ADD COLUMN added_reasons TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE change ADD COLUMN busy_status TEXT;
        ALTER TABLE change ADD COLUMN busy_since INTEGER;
        ALTER TABLE change ADD COLUMN asker TEXT NOT NULL DEFAULT '';
        UPDATE change SET asker = \(asker) WHERE \(waits);
        DROP INDEX change_preparing;
        CREATE INDEX change_preparing ON change (asker, id, cluster) WHERE state = 'preparing';
        CREATE INDEX change_denied ON change (cluster, updated_at) WHERE state = 'denied';
        CREATE INDEX change_asked ON change (asker) WHERE \(waits);
        """

    /// The revision that a requester was told elsewhere while a channel takes nothing, and whether a message shows the plan:
    /// nobody can agree to what was never shown.
    private static let posts = """
        ALTER TABLE post ADD COLUMN asker TEXT NOT NULL DEFAULT '';
        ALTER TABLE post ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE post ADD COLUMN shows_plan INTEGER NOT NULL DEFAULT 0;
        UPDATE post SET asker = (SELECT \(asker) FROM change WHERE change.id = post.change) WHERE posted < wanted;
        UPDATE post SET shows_plan = 1
        WHERE place = 'conversation' AND posted > 0 AND posted >= wanted
            AND change IN (SELECT id FROM change WHERE plan IS NOT NULL);
        DROP INDEX post_waiting;
        CREATE INDEX post_waiting ON post (channel, (message_id IS NULL), asker, next_try, change, place, seq)
        WHERE posted < wanted;
        """

    /// Which approvals were enough when the change was sent. Of what was sent before, all are taken for it.
    private static let approvals = """
        ALTER TABLE approval ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;
        UPDATE approval SET counted = 1 WHERE change IN (SELECT change FROM intent);
        """

    private static let holds = """
        CREATE TABLE chat_wait (
            method TEXT NOT NULL,
            channel TEXT NOT NULL,
            until INTEGER NOT NULL,
            PRIMARY KEY (method, channel)
        ) STRICT, WITHOUT ROWID;
        """
}
