import BotCore

/// The statements of the table `delivery`, which holds idempotency keys and the answers that were given.
private enum DeliveryRows {
    static let answer = Query("SELECT answer FROM delivery WHERE key = ?")
    static let insert = Query("INSERT INTO delivery (key, answer, at) VALUES (?, ?, ?)")
    static let forget = Query(
        """
        DELETE FROM delivery WHERE key IN (
            SELECT key FROM delivery INDEXED BY delivery_at WHERE at < ? ORDER BY at LIMIT ?)
        """
    )
}

extension RowReading {
    package func answer(toDelivery key: String) throws -> String? {
        try statements.first(DeliveryRows.answer, [.text(key)]) { try $0.text() }
    }
}

extension RowWriter {
    package func remember(delivery key: String, answer: String, at: Timestamp) throws {
        try statements.execute(DeliveryRows.insert, [.text(key), .text(answer), .time(at)])
    }

    package func forgetDeliveries(olderThan moment: Timestamp, limit: Int) throws -> Int {
        try statements.execute(DeliveryRows.forget, [.time(moment), .int(max(0, limit))])
    }
}
