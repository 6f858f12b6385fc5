import BotCore

/// The statements of the table `approval`, which has one row a person and change.
enum ApprovalRows {
    fileprivate static let ofChange = Query(
        """
        SELECT change, person, account, name, verdict, comment, digest, at, counted FROM approval
        WHERE change = ? ORDER BY number
        """
    )
    /// Inserts nothing if either unique key is there, that of the person or that of the account: somebody may have been
    /// listed under a person between two clicks.
    fileprivate static let insert = Query(
        """
        INSERT INTO approval (change, person_key, number, person, account, name, verdict, comment, digest, at)
        VALUES (?1, ?2, (SELECT count(*) + 1 FROM approval WHERE change = ?1), ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT DO NOTHING
        """
    )

    /// Somebody who counts is named as a member of groups is: by the person's name, or by the account that no person lists.
    fileprivate static let markCounted = Query(
        "UPDATE approval SET counted = 1 WHERE change = ?1 AND (person = ?2 OR person IS NULL AND account = ?2)"
    )

    static func decode(_ row: inout StoredRow) throws -> Approval {
        var approval = Approval(
            change: try row.int(),
            actor: try StoredIdentity.actor(&row),
            verdict: try row.parsed(Approval.Verdict.init(rawValue:)),
            comment: try row.optionalText(),
            digest: try row.text(),
            at: try row.time()
        )
        approval.counted = try row.int() != 0
        return approval
    }
}

extension RowReading {
    package func approvals(of change: Int) throws -> [Approval] {
        try statements.all(ApprovalRows.ofChange, [.int(change)], ApprovalRows.decode)
    }
}

extension RowWriter {
    package func insert(_ approval: Approval) throws -> Bool {
        let actor = approval.actor
        let account = try StoredIdentity.text(actor.account)
        guard let key = actor.person.map({ "person \($0)" }) ?? account.map({ "account \($0)" }) else {
            throw StoreError(.conflict, "Only a person or an account can decide on change #\(approval.change).")
        }
        return try statements.execute(
            ApprovalRows.insert,
            [
                .int(approval.change),
                .text(key),
                .text(actor.person),
                .text(account),
                .text(actor.name),
                .text(approval.verdict.rawValue),
                .text(approval.comment),
                .text(approval.digest),
                .time(approval.at),
            ]
        ) == 1
    }

    package func markCounted(_ people: Set<String>, change: Int) throws {
        for person in people { try statements.execute(ApprovalRows.markCounted, [.int(change), .text(person)]) }
    }
}
