import BotCore
import GRDB
import Testing

@testable import BotStore

@Suite("What is stored", .timeLimit(.minutes(20)))
struct CodecTests {
    @Test func holdsTextsWithTheOneCharacterThatSQLiteCannot() async throws {
        try await withSQLiteStore { store, _ in
            try await store.write { writer in
                try writer.remember(delivery: "a\0b", answer: "c\0d", at: Sample.start)
                _ = try writer.append(
                    HistoryEntry(
                        at: Sample.start,
                        kind: .denied,
                        actor: .bot,
                        texts: ["reason": "x\0y", "comment": "e\u{301}"]
                    )
                )
            }
            #expect(try await store.read { try $0.answer(toDelivery: "a\0b") } == "c\u{FFFD}d")
            guard case .intact(1, _) = try await HistoryVerifier(store).verify() else {
                Issue.record("a text with a NUL broke the history")
                return
            }
        }
    }

    /// They grow by being replaced, beyond the memory that they stood in.
    @Test func holdsManyOfThatCharacter() async throws {
        try await withSQLiteStore { store, _ in
            let (nothing, other) = (String(repeating: "\0", count: 1500), String(repeating: "x", count: 400))
            try await store.write { try $0.remember(delivery: nothing, answer: other + nothing, at: Sample.start) }
            let read = try await store.read { try $0.answer(toDelivery: nothing) }
            #expect(read == other + String(repeating: "\u{FFFD}", count: 1500))
        }
    }

    @Test(
        arguments: [
            (["a": .double(8)], [:]), ([:], ["a": .double(8)]), ([:], ["a": .object(["b": .array([.double(8)])])]),
        ] as [([String: JSONValue], [String: JSONValue])]
    )
    func keepsSuchANumberOutWhereverItStands(parameters: [String: JSONValue], detail: [String: JSONValue]) {
        let entry = HistoryEntry(
            at: Sample.start,
            kind: .settled,
            parameters: parameters,
            actor: .bot,
            detail: detail
        ).storable
        let text = JSONValue.object(entry.parameters ?? [:]).canonical + JSONValue.object(entry.detail).canonical
        #expect(text.contains("8") && !text.contains("8.0"))
    }

    @Test func keepsNumbersThatOtherReadersWouldRoundOutOfTheHistory() async throws {
        try await withSQLiteStore { store, _ in
            try await store.write { writer in
                _ = try writer.append(
                    HistoryEntry(
                        at: Sample.start,
                        kind: .settled,
                        parameters: ["ids": .array([.double(8), .double(0.5)])],
                        actor: .bot,
                        detail: ["big": .int(.max), "exact": .int(1 << 53 - 1)]
                    )
                )
            }
            let entry = try #require(try await store.read { try $0.history(from: 1, limit: 1) }.first)
            let document = try JSONValue(parsing: entry.entry)
            #expect(document["parameters"]?["ids"] == .array([.int(8), .string("0.5")]))
            #expect(document["detail"]?["big"] == .string("9223372036854775807"))
            #expect(document["detail"]?["exact"] == .int(1 << 53 - 1))
        }
    }

    @Test func isNeverReadBackAsSomebodyElse() throws {
        for odd in [
            Account(platform: "matrix", workspace: "x.org", user: "@a/b:x.org"),
            Account(platform: "a:b", workspace: "c", user: "d"), Account(platform: "a", workspace: "b/c", user: "d e%"),
        ] {
            #expect(try StoredIdentity.text(odd).flatMap(StoredIdentity.account) == odd)
            let channel = Channel(platform: odd.platform, workspace: odd.workspace, id: odd.user)
            #expect(try StoredIdentity.channel(StoredIdentity.text(channel)) == channel)
        }
        for nobody in [
            Account(platform: "a", workspace: "b", user: ""), Account(platform: "a", workspace: "b", user: "c\n"),
            Account(platform: "a", workspace: "\u{200B}", user: "c"), Account(platform: "", workspace: "b", user: "c"),
        ] {
            #expect(throws: StoreError.self) { try StoredIdentity.text(nobody) }
        }
    }

    @Test(arguments: [
        "{", "{}", #"[{"rule":"r"}]"#, #"[{"needs":{"kind":"else"},"rule":"r"}]"#,
        #"[{"needs":{"entries":[{"count":1}],"kind":"approvals","valid_ms":1,"within_ms":1},"rule":"r"}]"#,
        #"[{"needs":{"entries":[],"kind":"approvals","valid_ms":1},"rule":"r"}]"#,
    ])
    func isNotTakenForFewerNeedsWhenItIsDamaged(text: String) {
        #expect(StoredPermits.decode(text) == nil)
    }

    @Test func keepsPermitsAsCanonicalJSON() throws {
        let approvals = ApprovalNeeds(
            entries: [.init(from: "leads", count: 2), .init(from: "a \"b\"", count: 1)],
            within: .seconds(60),
            valid: .milliseconds(1500)
        )
        let permits = [
            Permit(rule: "a floor is under it", needs: .confirmation, floors: ["a “manager”", "an owner"]),
            Permit(rule: "one", needs: .nothing), Permit(rule: "two", needs: .confirmation),
            Permit(rule: "three\n", needs: .approvals(approvals)),
        ]
        let text = StoredPermits.encode(permits)
        #expect(StoredPermits.decode(text) == permits)
        #expect(try JSONValue(parsing: text).canonical == text)
        #expect(StoredPermits.encode([]) == "[]")
    }

    /// A statement that got too few values would run with those of the time before, whose texts are gone.
    @Test func isNotWrittenWithTooFewValues() async throws {
        try await withSQLiteStore { store, _ in
            try await store.write { try $0.remember(delivery: "a", answer: "b", at: Sample.start) }
            for values in [[], [.text("a")], [.text("a"), .text("b")]] as [[StoredValue]] {
                let error = await #expect(throws: StoreError.self) {
                    try await store.write { writer in
                        _ = try #require(writer as? RowWriter).statements.first(
                            Query("SELECT ?1 || ?2 || ?3"),
                            values
                        ) { try $0.text() }
                    }
                }
                #expect(error?.code == .cannotWrite)
            }
        }
    }

    @Test(arguments: ["plan", "permits", "arguments", "channel"])
    func isReportedWhenItIsDamaged(column: String) async throws {
        try await withSQLiteStore { store, _ in
            try await store.write { writer in
                try writer.insert(Sample.fullChange(1, replaces: nil))
                let db = try writer.database
                try db.execute(sql: "UPDATE change SET \(column) = 'nonsense'")
            }
            let error = await #expect(throws: StoreError.self) { try await store.read { _ = try $0.change(1) } }
            #expect(error?.code == .corrupt)
        }
    }

    @Test func knowsWhichFailuresEndAllWriting() {
        for code in [
            ResultCode.SQLITE_IOERR, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_WRITE, .SQLITE_CORRUPT, .SQLITE_NOTADB,
        ] {
            #expect(DatabaseError(resultCode: code).endsWriting)
        }
        for code in [ResultCode.SQLITE_FULL, .SQLITE_BUSY, .SQLITE_CONSTRAINT, .SQLITE_READONLY, .SQLITE_NOMEM] {
            #expect(!DatabaseError(resultCode: code).endsWriting)
        }
    }
}
