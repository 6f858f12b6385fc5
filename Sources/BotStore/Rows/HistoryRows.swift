import BotCore

/// The statements of the tables `history`, which holds the chained entries, and `history_text`, whose texts may be
/// removed later.
enum HistoryRows {
    private static let select = "SELECT seq, at, kind, change, cluster, entry, prev, hash FROM history"
    fileprivate static let newest = Query("\(select) ORDER BY seq DESC LIMIT ?")
    fileprivate static let newestOfCluster = Query("\(select) WHERE cluster = ? ORDER BY seq DESC LIMIT ?")
    fileprivate static let ofChange = Query("\(select) INDEXED BY history_of_change WHERE change = ? ORDER BY seq")
    fileprivate static let lastOfChange = Query(
        "SELECT at FROM history INDEXED BY history_of_change WHERE change = ? ORDER BY seq DESC LIMIT 1"
    )
    fileprivate static let ofNone = Query(
        "\(select) INDEXED BY history_of_none WHERE change IS NULL ORDER BY seq DESC LIMIT ?"
    )
    fileprivate static let ofNoneOfCluster = Query(
        "\(select) INDEXED BY history_of_none_of_cluster WHERE change IS NULL AND cluster = ? ORDER BY seq DESC LIMIT ?"
    )
    fileprivate static let after = Query("\(select) WHERE seq > ? ORDER BY seq LIMIT ?")
    fileprivate static let head = Query("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1")
    fileprivate static let insert = Query(
        "INSERT INTO history (seq, at, kind, change, cluster, entry, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    fileprivate static let texts = Query("SELECT seq, name, salt, text FROM history_text WHERE seq BETWEEN ? AND ?")
    fileprivate static let insertText = Query("INSERT INTO history_text (seq, name, salt, text) VALUES (?, ?, ?, ?)")

    /// Reads a row without its texts.
    static func decode(_ row: inout StoredRow) throws -> StoredEntry {
        let (seq, at, kind) = (try row.int(), try row.time(), try row.text())
        let (change, cluster) = (try row.optionalInt(), try row.optionalInt())
        let (entry, prev, hash) = (try row.text(), try row.text(), try row.text())
        let chained = ChainedEntry(seq: seq, entry: entry, prev: prev, hash: hash, texts: [:])
        return StoredEntry(chained: chained, at: at, kind: kind, change: change, cluster: cluster)
    }

    /// Returns 32 hexadecimal digits from the system's random numbers.
    static func salt() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }.hexString
    }
}

extension RowReading {
    package func newestHistory(_ count: Int, cluster: Int?) throws -> [ChainedEntry] {
        try newest(count, cluster, ofCluster: HistoryRows.newestOfCluster, ofAll: HistoryRows.newest)
    }

    package func newestHistoryOfNoChange(_ count: Int, cluster: Int?) throws -> [ChainedEntry] {
        try newest(count, cluster, ofCluster: HistoryRows.ofNoneOfCluster, ofAll: HistoryRows.ofNone)
    }

    private func newest(_ count: Int, _ cluster: Int?, ofCluster: Query, ofAll: Query) throws -> [ChainedEntry] {
        let limit = StoredValue.int(max(0, count))
        let rows =
            if let cluster {
                try statements.all(ofCluster, [.int(cluster), limit], HistoryRows.decode)
            } else {
                try statements.all(ofAll, [limit], HistoryRows.decode)
            }
        return try withTexts(rows.reversed()).map(\.chained)
    }

    package func history(of change: Int) throws -> [ChainedEntry] {
        try withTexts(statements.all(HistoryRows.ofChange, [.int(change)], HistoryRows.decode)).map(\.chained)
    }

    package func lastStep(of change: Int) throws -> Timestamp? {
        try statements.first(HistoryRows.lastOfChange, [.int(change)]) { try $0.time() }
    }

    package func history(from seq: Int, limit: Int) throws -> [ChainedEntry] {
        try storedHistory(after: max(1, seq) - 1, limit: limit).map(\.chained)
    }

    package func historyHead() throws -> HistoryHead {
        try statements.first(HistoryRows.head, []) {
            HistoryHead(seq: try $0.int(), hash: try $0.text())
        } ?? .start
    }

    func storedHistory(after seq: Int, limit: Int) throws -> [StoredEntry] {
        try withTexts(
            statements.all(
                HistoryRows.after,
                [.int(seq), .int(max(0, limit))],
                HistoryRows.decode
            )
        )
    }

    private func withTexts(_ rows: [StoredEntry]) throws -> [StoredEntry] {
        guard let first = rows.first, let last = rows.last else { return [] }
        var texts: [Int: [String: ChainedEntry.SaltedText]] = [:]
        // Runs one query for consecutive entries, and one for each entry where they are far apart, as those of a
        // cluster.
        let isRun = last.chained.seq - first.chained.seq == rows.count - 1
        for (low, high) in isRun ? [(first, last)] : rows.map({ ($0, $0) }) {
            let found = try statements.all(
                HistoryRows.texts,
                [.int(low.chained.seq), .int(high.chained.seq)]
            ) { row in
                (try row.int(), try row.text(), ChainedEntry.SaltedText(salt: try row.text(), text: try row.text()))
            }
            for (seq, name, text) in found { texts[seq, default: [:]][name] = text }
        }
        return rows.map { $0.with(texts: texts[$0.chained.seq] ?? [:]) }
    }
}

extension RowWriter {
    package func append(_ entry: HistoryEntry) throws -> HistoryHead {
        let head = try statements.known.historyHead ?? historyHead()
        let chained = ChainedEntry(entry.storable, after: head, salt: HistoryRows.salt)
        try statements.execute(
            HistoryRows.insert,
            [
                .int(chained.seq),
                .time(entry.at),
                .text(entry.kind.rawValue),
                .int(entry.change),
                .int(entry.cluster?.id),
                .text(chained.entry),
                .text(chained.prev),
                .text(chained.hash),
            ]
        )
        for (name, text) in chained.texts {
            try statements.execute(
                HistoryRows.insertText,
                [.int(chained.seq), .text(name), .text(text.salt), .text(text.text)]
            )
        }
        statements.growsHistory = true
        statements.known.historyHead = chained.head
        return chained.head
    }
}
