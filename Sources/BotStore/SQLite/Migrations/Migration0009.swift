/// Rebuilds tables, as the last step that does: from here on they only grow.
///
/// The words of states, verdicts and places are no longer in the tables' conditions; the states and the moves between
/// them are rows. A post may be about no change, and its column `key` has the meaning that its place gives it. The
/// stored answer to a delivery is JSON.
enum Migration0009: Migration {
    static let name = "0009 tables that only grow"
    static let sql = """
        CREATE TABLE change_state (state TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        INSERT INTO change_state (state) VALUES
            ('preparing'), ('pending'), ('scheduled'), ('ready'), ('sending'), ('succeeded'), ('failed'), ('unknown'),
            ('refused'), ('denied'), ('cancelled'), ('expired'), ('superseded');
        CREATE TABLE change_move (
            from_state TEXT NOT NULL REFERENCES change_state (state),
            to_state TEXT NOT NULL REFERENCES change_state (state),
            PRIMARY KEY (from_state, to_state)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO change_move (from_state, to_state) VALUES
            ('preparing', 'pending'), ('preparing', 'scheduled'), ('preparing', 'ready'), ('preparing', 'failed'),
            ('preparing', 'refused'), ('preparing', 'cancelled'), ('preparing', 'expired'),
            ('pending', 'scheduled'), ('pending', 'ready'), ('pending', 'refused'), ('pending', 'denied'),
            ('pending', 'cancelled'), ('pending', 'expired'), ('pending', 'superseded'),
            ('scheduled', 'ready'), ('scheduled', 'refused'), ('scheduled', 'denied'), ('scheduled', 'cancelled'),
            ('scheduled', 'expired'), ('scheduled', 'superseded'),
            ('ready', 'preparing'), ('ready', 'sending'), ('ready', 'failed'), ('ready', 'refused'),
            ('ready', 'denied'), ('ready', 'cancelled'), ('ready', 'expired'), ('ready', 'superseded'),
            ('sending', 'succeeded'), ('sending', 'failed'), ('sending', 'unknown'),
            ('unknown', 'succeeded'), ('unknown', 'failed');

        CREATE TABLE change_rebuilt (
            id INTEGER PRIMARY KEY CHECK (id >= 1),
            cluster INTEGER NOT NULL,
            cluster_name TEXT NOT NULL,
            cluster_project TEXT NOT NULL,
            cluster_labels TEXT NOT NULL,
            action TEXT NOT NULL,
            arguments TEXT NOT NULL,
            person TEXT,
            account TEXT,
            name TEXT NOT NULL,
            asker TEXT NOT NULL,
            channel TEXT NOT NULL,
            reason TEXT,
            added_reasons TEXT NOT NULL,
            replaces INTEGER REFERENCES change (id),
            reply_handle TEXT,
            request TEXT,
            typed_at INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            state TEXT NOT NULL REFERENCES change_state (state),
            how_known TEXT,
            permits TEXT NOT NULL,
            rule TEXT,
            policy TEXT NOT NULL,
            parameters TEXT NOT NULL,
            plan TEXT,
            expires_at INTEGER,
            valid_until INTEGER,
            ready_order INTEGER,
            busy_status TEXT,
            busy_since INTEGER,
            outcome TEXT,
            recorded_seq INTEGER,
            recorded_hash TEXT,
            updated_at INTEGER NOT NULL,
            revision INTEGER NOT NULL CHECK (revision >= 1),
            CHECK ((recorded_seq IS NULL) = (recorded_hash IS NULL))
        ) STRICT;
        INSERT INTO change_rebuilt (
            id, cluster, cluster_name, cluster_project, cluster_labels, action, arguments, person, account, name, asker,
            channel, reason, added_reasons, replaces, reply_handle, request, typed_at, created_at, state, how_known,
            permits, rule, policy, parameters, plan, expires_at, valid_until, ready_order, busy_status, busy_since,
            outcome, recorded_seq, recorded_hash, updated_at, revision)
        SELECT
            id, cluster, cluster_name, cluster_project, cluster_labels, action, arguments, person, account, name, asker,
            channel, reason, added_reasons, replaces, reply_handle, request, typed_at, created_at, state, how_known,
            permits, rule, policy, parameters, plan, expires_at, valid_until, ready_order, busy_status, busy_since,
            outcome, recorded_seq, recorded_hash, updated_at, revision
        FROM change ORDER BY id;
        DROP TABLE change;
        ALTER TABLE change_rebuilt RENAME TO change;
        -- One request at a time on its way to a cluster, whatever a later mistake asks for.
        CREATE UNIQUE INDEX change_one_sending ON change (cluster) WHERE state = 'sending';
        CREATE INDEX change_preparing ON change (asker, id, cluster) WHERE state = 'preparing';
        CREATE INDEX change_open ON change (state, cluster)
        WHERE (state = 'pending' OR state = 'ready' OR state = 'sending' OR state = 'unknown');
        CREATE INDEX change_asked ON change (asker)
        WHERE (state = 'preparing' OR state = 'pending' OR state = 'ready');
        CREATE INDEX change_same ON change (
            cluster, action, arguments,
            (CASE WHEN state = 'preparing' OR state = 'pending' THEN 9223372036854775807 ELSE created_at END));
        CREATE INDEX change_ready ON change (cluster, ready_order) WHERE state = 'ready';
        CREATE INDEX change_sent ON change (cluster, ready_order)
        WHERE (state = 'sending' OR state = 'succeeded' OR state = 'unknown');
        CREATE INDEX change_expiry ON change (expires_at) WHERE state = 'pending';
        CREATE INDEX change_validity ON change (valid_until) WHERE state = 'ready';
        CREATE INDEX change_failed_by_reading ON change (id) WHERE state = 'failed' AND how_known = 'read_back';
        CREATE INDEX change_denied ON change (cluster, updated_at) WHERE state = 'denied';
        CREATE TRIGGER change_moves_as_it_may BEFORE UPDATE OF state ON change
        WHEN OLD.state <> NEW.state
            AND NOT EXISTS (SELECT 1 FROM change_move WHERE from_state = OLD.state AND to_state = NEW.state)
        BEGIN SELECT RAISE(ABORT, 'a change cannot move like that'); END;
        -- What may have been sent never becomes sendable again, whatever a later mistake adds to the moves.
        CREATE TRIGGER change_never_sent_twice BEFORE UPDATE OF state ON change
        WHEN (OLD.state = 'sending' OR OLD.state = 'unknown') AND NEW.state <> 'sending' AND NEW.state <> 'unknown'
            AND NEW.state <> 'succeeded' AND NEW.state <> 'failed'
        BEGIN SELECT RAISE(ABORT, 'a change that may have been sent cannot be sent again'); END;
        CREATE TRIGGER change_is_kept BEFORE DELETE ON change
        BEGIN SELECT RAISE(ABORT, 'changes are never removed'); END;

        CREATE TABLE approval_rebuilt (
            change INTEGER NOT NULL REFERENCES change (id),
            person_key TEXT NOT NULL,
            number INTEGER NOT NULL,
            person TEXT,
            account TEXT,
            name TEXT NOT NULL,
            verdict TEXT NOT NULL,
            comment TEXT,
            digest TEXT NOT NULL,
            at INTEGER NOT NULL,
            counted INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (change, person_key),
            UNIQUE (change, account)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO approval_rebuilt (
            change, person_key, number, person, account, name, verdict, comment, digest, at, counted)
        SELECT change, person_key, number, person, account, name, verdict, comment, digest, at, counted
        FROM approval ORDER BY change, person_key;
        DROP TABLE approval;
        ALTER TABLE approval_rebuilt RENAME TO approval;

        CREATE TABLE post_rebuilt (
            id INTEGER PRIMARY KEY,
            -- Null where it is about no change.
            change INTEGER REFERENCES change (id),
            -- What kind of place it is, and which of that kind: the number of the entry that is told, a channel, or nothing.
            place TEXT NOT NULL,
            key TEXT NOT NULL,
            channel TEXT NOT NULL,
            asker TEXT NOT NULL,
            wanted INTEGER NOT NULL,
            posted INTEGER NOT NULL,
            message_id TEXT,
            tries INTEGER NOT NULL,
            next_try INTEGER NOT NULL,
            told INTEGER NOT NULL,
            shows_plan INTEGER NOT NULL
        ) STRICT;
        INSERT INTO post_rebuilt (
            change, place, key, channel, asker, wanted, posted, message_id, tries, next_try, told, shows_plan)
        SELECT
            change, place, CASE place WHEN 'conversation' THEN '' ELSE CAST(seq AS TEXT) END, channel, asker, wanted,
            posted, message_id, tries, next_try, told, shows_plan
        FROM post ORDER BY change, place, seq;
        DROP TABLE post;
        ALTER TABLE post_rebuilt RENAME TO post;
        CREATE UNIQUE INDEX post_place ON post (coalesce(change, 0), place, key);
        CREATE INDEX post_waiting ON post (channel, (message_id IS NULL), asker, next_try, change)
        WHERE posted < wanted;

        -- A sign for who sees it and the number of the change that was opened, a line feed, and the text.
        UPDATE delivery SET answer = json_object(
            'opened', CASE WHEN instr(answer, char(10)) > 2
                THEN CAST(substr(answer, 2, instr(answer, char(10)) - 2) AS INTEGER) END,
            'private', json(CASE substr(answer, 1, 1) WHEN '+' THEN 'false' ELSE 'true' END),
            'text', CASE WHEN instr(answer, char(10)) > 0 THEN substr(answer, instr(answer, char(10)) + 1) ELSE '' END,
            'v', 1);
        CREATE INDEX delivery_at ON delivery (at);
        """
}
