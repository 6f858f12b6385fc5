import BotCore

/// The statements of the table `offer`, which holds the commands that buttons give.
private enum OfferRows {
    private static let columns = "handle, line, account, is_direct, change, made_at"

    static let one = Query("SELECT \(columns) FROM offer WHERE handle = ?")
    static let toAskAgain = Query("SELECT \(columns) FROM offer WHERE change = ? ORDER BY made_at DESC LIMIT 1")
    static let insert = Query("INSERT INTO offer (\(columns)) VALUES (?, ?, ?, ?, ?, ?)")
    static let forget = Query("DELETE FROM offer WHERE made_at < ?")

    static func decode(_ row: inout StoredRow) throws -> Offer {
        Offer(
            handle: try row.text(),
            line: try row.text(),
            account: try row.optionalParsed(StoredIdentity.account),
            isDirect: try row.int() != 0,
            change: try row.optionalInt(),
            madeAt: try row.time()
        )
    }
}

extension RowReading {
    package func offer(_ handle: String) throws -> Offer? {
        try statements.first(OfferRows.one, [.text(handle.storable)], OfferRows.decode)
    }

    package func offer(toAskAgain change: Int) throws -> Offer? {
        try statements.first(OfferRows.toAskAgain, [.int(change)], OfferRows.decode)
    }
}

extension RowWriter {
    package func insert(_ offer: Offer) throws {
        try statements.execute(
            OfferRows.insert,
            [
                .text(offer.handle), .text(offer.line.storable), .text(try StoredIdentity.text(offer.account)),
                .int(offer.isDirect ? 1 : 0), .int(offer.change), .time(offer.madeAt),
            ]
        )
    }

    package func forgetOffers(madeBefore moment: Timestamp) throws {
        try statements.execute(OfferRows.forget, [.time(moment)])
    }
}
