import BotCore

// The row `fence` of the table `meta`, and the table `hold`: who may write and send.

extension SQLiteReading {
    package func hold() throws -> StoreHold? {
        try statements.first(
            "SELECT remembered_seq, remembered_hash, found_seq, found_hash, noticed_at FROM hold",
            []
        ) { row in
            StoreHold(
                remembered: HistoryHead(seq: try row.int(), hash: try row.text()),
                found: HistoryHead(seq: try row.int(), hash: try row.text()),
                noticedAt: try row.time()
            )
        }
    }

    package func fence() throws -> Int {
        try statements.first("SELECT value FROM meta WHERE name = 'fence'", []) { try $0.int() } ?? 0
    }
}

extension SQLiteWriter {
    package func endHold() throws { try statements.execute("DELETE FROM hold", []) }

    /// Takes the store over from whoever had it before; gives the new fence.
    func takeOver() throws -> Int {
        try statements.first("UPDATE meta SET value = value + 1 WHERE name = 'fence' RETURNING value", []) {
            try $0.int()
        } ?? 0
    }

    /// Holds all sending. A hold that is there already stays: what it remembers is older and nearer to the truth.
    func save(_ hold: StoreHold) throws {
        try statements.execute(
            "INSERT OR IGNORE INTO hold (id, remembered_seq, remembered_hash, found_seq, found_hash, noticed_at) VALUES (1, ?, ?, ?, ?, ?)",
            [
                .int(hold.remembered.seq),
                .text(hold.remembered.hash),
                .int(hold.found.seq),
                .text(hold.found.hash),
                .time(hold.noticedAt),
            ]
        )
    }
}
