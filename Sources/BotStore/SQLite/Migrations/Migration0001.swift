/// Makes the first tables.
enum Migration0001: Migration {
    static let name = "0001 first tables"
    static let sql = """
        CREATE TABLE change (
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
            channel TEXT NOT NULL,
            reason TEXT,
            replaces INTEGER REFERENCES change (id),
            reply_handle TEXT,
            typed_at INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            state TEXT NOT NULL CHECK ((state = 'preparing' OR state = 'pending' OR state = 'ready' OR state = \
        'sending' OR state = 'unknown' OR state = 'succeeded' OR state = 'failed' OR state = 'refused' OR state = \
        'denied' OR state = 'cancelled' OR state = 'expired' OR state = 'superseded')),
            how_known TEXT CHECK ((how_known = 'answer' OR how_known = 'read_back' OR how_known = 'person' OR \
        how_known = 'not_sent')),
            permits TEXT NOT NULL,
            rule TEXT,
            policy TEXT NOT NULL,
            parameters TEXT NOT NULL,
            plan TEXT,
            expires_at INTEGER,
            valid_until INTEGER,
            ready_order INTEGER,
            outcome TEXT,
            recorded_seq INTEGER,
            recorded_hash TEXT,
            updated_at INTEGER NOT NULL,
            revision INTEGER NOT NULL CHECK (revision >= 1),
            CHECK ((recorded_seq IS NULL) = (recorded_hash IS NULL))
        ) STRICT;
        -- What may have been sent never becomes sendable again, whatever a later mistake asks for.
        CREATE TRIGGER change_never_sent_twice BEFORE UPDATE OF state ON change
        WHEN OLD.state IN ('sending', 'unknown') AND NEW.state NOT IN ('sending', 'unknown', 'succeeded', 'failed')
        BEGIN SELECT RAISE(ABORT, 'a change that may have been sent cannot be sent again'); END;
        CREATE TRIGGER change_is_kept BEFORE DELETE ON change
        BEGIN SELECT RAISE(ABORT, 'changes are never removed'); END;
        CREATE TABLE approval (
            change INTEGER NOT NULL REFERENCES change (id),
            person_key TEXT NOT NULL,
            number INTEGER NOT NULL,
            person TEXT,
            account TEXT,
            name TEXT NOT NULL,
            verdict TEXT NOT NULL CHECK ((verdict = 'approved' OR verdict = 'denied' OR verdict = 'confirmed')),
            comment TEXT,
            digest TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (change, person_key),
            UNIQUE (change, account)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE intent (
            change INTEGER PRIMARY KEY REFERENCES change (id),
            attempt INTEGER NOT NULL CHECK (attempt = 1),
            body_digest TEXT NOT NULL,
            before TEXT NOT NULL,
            send_by INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            evidence TEXT
        ) STRICT;
        CREATE TRIGGER intent_is_kept BEFORE DELETE ON intent
        BEGIN SELECT RAISE(ABORT, 'intents are never removed'); END;
        CREATE TABLE history (
            seq INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            change INTEGER,
            cluster INTEGER,
            entry TEXT NOT NULL,
            prev TEXT NOT NULL CHECK (length(prev) = 64),
            hash TEXT NOT NULL CHECK (length(hash) = 64)
        ) STRICT;
        CREATE INDEX history_cluster ON history (cluster, seq) WHERE cluster IS NOT NULL;
        CREATE TRIGGER history_has_no_gaps BEFORE INSERT ON history
        WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM history)
        BEGIN SELECT RAISE(ABORT, 'the history only grows at its end'); END;
        CREATE TRIGGER history_never_changes BEFORE UPDATE ON history
        BEGIN SELECT RAISE(ABORT, 'the history never changes'); END;
        CREATE TRIGGER history_is_kept BEFORE DELETE ON history
        BEGIN SELECT RAISE(ABORT, 'the history never changes'); END;
        -- Apart from the chained part, because a secret that was pasted into a text must be removable.
        CREATE TABLE history_text (
            seq INTEGER NOT NULL REFERENCES history (seq),
            name TEXT NOT NULL,
            salt TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (seq, name)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER history_text_never_changes BEFORE UPDATE ON history_text
        BEGIN SELECT RAISE(ABORT, 'a text of the history can be removed, not changed'); END;
        CREATE TABLE post (
            change INTEGER NOT NULL REFERENCES change (id),
            place TEXT NOT NULL CHECK ((place = 'conversation' OR place = 'history' OR place = 'notice')),
            -- The entry of the history that it tells; 0 for the conversation.
            seq INTEGER NOT NULL,
            channel TEXT NOT NULL,
            wanted INTEGER NOT NULL,
            posted INTEGER NOT NULL,
            message_id TEXT,
            tries INTEGER NOT NULL,
            next_try INTEGER NOT NULL,
            PRIMARY KEY (change, place, seq)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE delivery (
            key TEXT PRIMARY KEY,
            answer TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX delivery_at ON delivery (at);
        CREATE TABLE meta (
            name TEXT PRIMARY KEY,
            value INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO meta (name, value) VALUES ('ready_order', 0);
        """
}
