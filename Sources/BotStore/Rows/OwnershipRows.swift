import BotCore

/// The statements of the row `fence` of the table `meta`, and of the tables `identity`, `hold`, `compared` and `released`.
/// They say who may write, whose store it is, and whether anything may be sent.
private enum OwnershipRows {
    static let hold = Query(
        "SELECT remembered_seq, remembered_hash, found_seq, found_hash, noticed_at, fork_channel, fork_seq, fork_hash FROM hold"
    )
    static let saveHold = Query(
        """
        INSERT INTO hold (
            id, remembered_seq, remembered_hash, found_seq, found_hash, noticed_at, fork_channel, fork_seq, fork_hash)
        VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET
            fork_channel = coalesce(excluded.fork_channel, fork_channel),
            fork_seq = coalesce(excluded.fork_seq, fork_seq),
            fork_hash = coalesce(excluded.fork_hash, fork_hash)
        """
    )
    static let endHold = Query("DELETE FROM hold")
    static let fence = Query("SELECT value FROM meta WHERE name = 'fence'")
    static let nextFence = Query("UPDATE meta SET value = value + 1 WHERE name = 'fence' RETURNING value")
    static let identity = Query("SELECT id, made_at FROM identity")
    static let file = Query("SELECT file FROM identity")
    static let setFile = Query("UPDATE identity SET file = ?")
    static let isSuspect = Query("SELECT is_suspect FROM identity")
    static let setSuspect = Query("UPDATE identity SET is_suspect = ?")
    static let toldIn = Query("SELECT told_in FROM identity")
    static let setToldIn = Query("UPDATE identity SET told_in = ?")
    static let compared = Query("SELECT place FROM compared WHERE channel = ?")
    static let setCompared = Query("INSERT OR REPLACE INTO compared (channel, place) VALUES (?, ?)")
    static let isReleased = Query("SELECT seq FROM released WHERE hash = ?")
    static let release = Query("INSERT OR IGNORE INTO released (hash, seq) VALUES (?, ?)")
}

extension RowReading {
    package func hold() throws -> StoreHold? {
        if statements.known.isHeld == false { return nil }
        let hold = try statements.first(OwnershipRows.hold, []) { row in
            let remembered = HistoryHead(seq: try row.int(), hash: try row.text())
            let found = HistoryHead(seq: try row.int(), hash: try row.text())
            let noticedAt = try row.time()
            let channel = try row.optionalParsed(StoredIdentity.channel)
            let (seq, hash) = (try row.optionalInt(), try row.optionalText())
            let fork = try channel.map {
                HistoryFork(channel: $0, head: HistoryHead(seq: try row.required(seq), hash: try row.required(hash)))
            }
            return StoreHold(remembered: remembered, found: found, noticedAt: noticedAt, fork: fork)
        }
        statements.known.isHeld = hold != nil
        return hold
    }

    package func fence() throws -> Int {
        try statements.first(OwnershipRows.fence, []) { try $0.int() } ?? 0
    }

    package func identity() throws -> StoreIdentity {
        let found = try statements.first(OwnershipRows.identity, []) { row in
            StoreIdentity(id: try row.text(), madeAt: try row.time())
        }
        guard let found else {
            throw StoreError(.corrupt, "The store has lost its name. Keep the file, and restore a backup.")
        }
        return found
    }

    package func comparedPlace(in channel: Channel) throws -> String? {
        try statements.first(OwnershipRows.compared, [.text(channel.description)]) { try $0.text() }
    }

    package func isSuspect() throws -> Bool {
        try statements.first(OwnershipRows.isSuspect, []) { try $0.int() } == 1
    }

    package func historyChannels() throws -> [Channel]? {
        let found = try statements.first(OwnershipRows.toldIn, []) { row in
            try row.optionalText().map { text in
                try text.split(separator: " ").map { try row.required(StoredIdentity.channel(String($0))) }
            }
        }
        return found ?? nil
    }

    package func isReleased(_ head: HistoryHead) throws -> Bool {
        try statements.first(OwnershipRows.isReleased, [.text(head.hash)]) { try $0.int() } == head.seq
    }
}

extension RowWriter {
    package func save(_ hold: StoreHold) throws {
        statements.known.isHeld = nil
        try statements.execute(
            OwnershipRows.saveHold,
            [
                .int(hold.remembered.seq),
                .text(hold.remembered.hash),
                .int(hold.found.seq),
                .text(hold.found.hash),
                .time(hold.noticedAt),
                .text(hold.fork?.channel.description),
                .int(hold.fork?.head.seq),
                .text(hold.fork?.head.hash),
            ]
        )
    }

    package func endHold() throws {
        if let hold = try hold() {
            for head in [hold.remembered, hold.fork?.head].compactMap(\.self) {
                try statements.execute(OwnershipRows.release, [.text(head.hash), .int(head.seq)])
            }
        }
        try statements.execute(OwnershipRows.endHold, [])
        statements.known.isHeld = false
    }

    package func setSuspect(_ isSuspect: Bool) throws {
        try statements.execute(OwnershipRows.setSuspect, [.int(isSuspect ? 1 : 0)])
    }

    package func setHistoryChannels(_ channels: [Channel]) throws {
        let text = channels.map(\.description).sorted().joined(separator: " ")
        try statements.execute(OwnershipRows.setToldIn, [.text(text)])
    }

    package func setComparedPlace(_ place: String, in channel: Channel) throws {
        try statements.execute(OwnershipRows.setCompared, [.text(channel.description), .text(place.storable)])
    }

    /// Takes the store over from its owner before. Returns the new fence.
    func takeOver() throws -> Int {
        try statements.first(OwnershipRows.nextFence, []) {
            try $0.int()
        } ?? 0
    }

    /// Stores which file the store is in.
    /// - Parameter name: the file's own name, which a copy does not have.
    /// - Returns: whether nothing says that it was in another one before.
    func isStill(inFile name: String) throws -> Bool {
        let before = try statements.first(OwnershipRows.file, []) { try $0.optionalText() } ?? nil
        if before != name { try statements.execute(OwnershipRows.setFile, [.text(name)]) }
        return before == nil || before == name
    }
}
