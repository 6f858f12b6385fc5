import BotCore

// The table `delivery`: what came in, and how it was answered.

extension SQLiteReading {
    package func answer(toDelivery key: String) throws -> String? {
        try statements.first("SELECT answer FROM delivery WHERE key = ?", [.text(key)]) { try $0.text() }
    }
}

extension SQLiteWriter {
    package func remember(delivery key: String, answer: String, at: Timestamp) throws {
        try statements.execute(
            "INSERT INTO delivery (key, answer, at) VALUES (?, ?, ?)",
            [.text(key), .text(answer), .time(at)]
        )
    }

    package func forgetDeliveries(before: Timestamp, limit: Int) throws -> Int {
        try statements.execute(
            "DELETE FROM delivery WHERE key IN (SELECT key FROM delivery WHERE at < ? ORDER BY at LIMIT ?)",
            [.time(before), .int(limit)]
        )
    }
}
