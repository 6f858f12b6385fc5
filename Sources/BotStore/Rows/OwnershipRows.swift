import BotCore

/// The statements of the row `fence` of the table `meta`, and of the table `hold`. They say who may write, and whether
/// anything may be sent.
private enum OwnershipRows {
    static let hold = Query("SELECT remembered_seq, remembered_hash, found_seq, found_hash, noticed_at FROM hold")
    static let insertHold = Query(
        """
        INSERT INTO hold (id, remembered_seq, remembered_hash, found_seq, found_hash, noticed_at)
        VALUES (1, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """
    )
    static let endHold = Query("DELETE FROM hold")
    static let fence = Query("SELECT value FROM meta WHERE name = 'fence'")
    static let nextFence = Query("UPDATE meta SET value = value + 1 WHERE name = 'fence' RETURNING value")
}

extension RowReading {
    package func hold() throws -> StoreHold? {
        if statements.known.isHeld == false { return nil }
        let hold = try statements.first(OwnershipRows.hold, []) { row in
            StoreHold(
                remembered: HistoryHead(seq: try row.int(), hash: try row.text()),
                found: HistoryHead(seq: try row.int(), hash: try row.text()),
                noticedAt: try row.time()
            )
        }
        statements.known.isHeld = hold != nil
        return hold
    }

    package func fence() throws -> Int {
        try statements.first(OwnershipRows.fence, []) { try $0.int() } ?? 0
    }
}

extension RowWriter {
    package func endHold() throws {
        try statements.execute(OwnershipRows.endHold, [])
        statements.known.isHeld = false
    }

    /// Takes the store over from its owner before. Returns the new fence.
    func takeOver() throws -> Int {
        try statements.first(OwnershipRows.nextFence, []) {
            try $0.int()
        } ?? 0
    }

    /// Stores a hold, which stops all sending. An existing hold stays: it was noticed first.
    func save(_ hold: StoreHold) throws {
        statements.known.isHeld = nil
        try statements.execute(
            OwnershipRows.insertHold,
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
