import BotCore

/// The table `delivery`: what came in, and how it was answered.
private enum DeliveryRows {
    static let answer = Query("SELECT answer FROM delivery WHERE key = ?")
    static let insert = Query("INSERT INTO delivery (key, answer, at) VALUES (?, ?, ?)")
    static let lastOfPortion = Query("SELECT key FROM delivery WHERE key > ? ORDER BY key LIMIT 1 OFFSET ?")
    static let forget = Query("DELETE FROM delivery WHERE key > ? AND key <= ? AND at < ?")
    static let forgetRest = Query("DELETE FROM delivery WHERE key > ? AND at < ?")
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

    package func forgetDeliveries(before: Timestamp, after key: String, lookingAt count: Int) throws -> String? {
        precondition(count > 0)
        let last = try statements.first(DeliveryRows.lastOfPortion, [.text(key), .int(count - 1)]) { try $0.text() }
        if let last {
            try statements.execute(DeliveryRows.forget, [.text(key), .text(last), .time(before)])
        } else {
            try statements.execute(DeliveryRows.forgetRest, [.text(key), .time(before)])
        }
        return last
    }
}
