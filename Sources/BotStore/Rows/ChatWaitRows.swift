import BotCore

/// The statements of the table `chat_wait`, which holds the pauses that chat platforms asked for.
private enum ChatWaitRows {
    static let all = Query("SELECT method, channel, until FROM chat_wait")
    static let save = Query(
        """
        INSERT INTO chat_wait (method, channel, until) VALUES (?, ?, ?)
        ON CONFLICT (method, channel) DO UPDATE SET until = excluded.until
        """
    )
    static let forget = Query("DELETE FROM chat_wait WHERE until <= ?")

    static func decode(_ row: inout StoredRow) throws -> ChatWait {
        ChatWait(
            method: try row.parsed(ChatMethod.init(rawValue:)),
            channel: try row.parsed(StoredIdentity.channel),
            until: try row.time()
        )
    }
}

extension RowReading {
    package func chatWaits() throws -> [ChatWait] { try statements.all(ChatWaitRows.all, [], ChatWaitRows.decode) }
}

extension RowWriter {
    package func save(_ wait: ChatWait) throws {
        try statements.execute(
            ChatWaitRows.save,
            [.text(wait.method.rawValue), .text(try StoredIdentity.text(wait.channel)), .time(wait.until)]
        )
    }

    package func forgetChatWaits(until now: Timestamp) throws {
        try statements.execute(ChatWaitRows.forget, [.time(now)])
    }
}
