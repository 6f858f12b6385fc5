import BotCore

/// The statements of the tables `freeze`, of those from chat, and `told_freeze`, of those of the configuration.
private enum FreezeRows {
    private static let columns = "number, scope, person, account, name, reason, channel, since, until"

    static let open = Query(
        "SELECT \(columns) FROM freeze INDEXED BY freeze_open WHERE ended_at IS NULL ORDER BY number"
    )
    static let last = Query("SELECT max(number) FROM freeze")
    static let insert = Query("INSERT INTO freeze (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    static let end = Query("UPDATE freeze SET ended_at = ? WHERE number = ? AND ended_at IS NULL")
    static let told = Query("SELECT name, since, until, covering, ended_at, is_over FROM told_freeze")
    static let saveTold = Query(
        "INSERT OR REPLACE INTO told_freeze (name, since, until, covering, ended_at, is_over) VALUES (?, ?, ?, ?, ?, ?)"
    )

    static let forgetTold = Query("DELETE FROM told_freeze WHERE name = ? AND since = ? AND until = ?")

    static func decode(_ row: inout StoredRow) throws -> Freeze {
        let (number, scope) = (try row.int(), try row.json())
        let selector = try row.required(Rule.ClusterSelector(stored: scope))
        let author = try StoredIdentity.actor(&row)
        let (reason, channel) = (try row.text(), try row.parsed(StoredIdentity.channel))
        return Freeze(
            name: Freeze.name(number),
            clusters: scope.isEmpty ? nil : selector,
            from: try row.time(),
            until: try row.time(),
            source: .chat(author, reason: reason, channel)
        )
    }

    static func decodeTold(_ row: inout StoredRow) throws -> ToldFreeze {
        ToldFreeze(
            name: try row.text(),
            from: try row.time(),
            until: try row.time(),
            covering: try row.text(),
            endedAt: try row.optionalTime(),
            isOver: try row.int() != 0
        )
    }
}

extension RowReading {
    package func freezes() throws -> [Freeze] { try statements.all(FreezeRows.open, [], FreezeRows.decode) }

    package func toldFreezes() throws -> [ToldFreeze] {
        try statements.all(FreezeRows.told, [], FreezeRows.decodeTold)
    }
}

extension RowWriter {
    package func nextFreezeNumber() throws -> Int {
        (try statements.first(FreezeRows.last, []) { try $0.optionalInt() }.flatMap(\.self) ?? 0) + 1
    }

    package func insert(_ freeze: Freeze) throws {
        guard let number = Freeze.number(in: freeze.name),
            case .chat(let author, let reason, let channel) = freeze.source
        else { throw StoreError(.conflict, "The freeze \(freeze.name) is none from chat.") }
        try statements.execute(
            FreezeRows.insert,
            [
                .int(number),
                .json(freeze.clusters?.stored ?? [:]),
                .text(author.person),
                .text(try StoredIdentity.text(author.account)),
                .text(author.name.storable),
                .text(reason.storable),
                .text(try StoredIdentity.text(channel)),
                .time(freeze.from),
                .time(freeze.until),
            ]
        )
    }

    package func endFreeze(_ name: String, at now: Timestamp) throws {
        try statements.execute(FreezeRows.end, [.time(now), .int(Freeze.number(in: name))])
    }

    package func save(_ told: ToldFreeze) throws {
        try statements.execute(
            FreezeRows.saveTold,
            [
                .text(told.name.storable), .time(told.from), .time(told.until), .text(told.covering.storable),
                .time(told.endedAt),
                .int(told.isOver ? 1 : 0),
            ]
        )
    }

    package func forget(_ told: ToldFreeze) throws {
        try statements.execute(
            FreezeRows.forgetTold,
            [.text(told.name.storable), .time(told.from), .time(told.until)]
        )
    }
}

extension Rule.ClusterSelector {
    /// Reads what ``stored`` wrote; nil for anything else.
    fileprivate init?(stored: [String: JSONValue]) {
        self.init()
        for (key, value) in stored {
            switch key {
            case "ids":
                guard let ids = value.array?.compactMap(\.int) else { return nil }
                self.ids = Set(ids)
            case "labels":
                guard let labels = value.object else { return nil }
                self.labels = labels.mapValues { Set(($0.array ?? []).compactMap(\.string)) }
            default: return nil
            }
        }
    }

    /// The ids and labels. Nobody types patterns of names.
    fileprivate var stored: [String: JSONValue] {
        var stored: [String: JSONValue] = [:]
        if let ids { stored["ids"] = .ints(ids.sorted()) }
        if let labels {
            stored["labels"] = .object(labels.mapValues { .array($0.sorted().map(JSONValue.string)) })
        }
        return stored
    }
}
