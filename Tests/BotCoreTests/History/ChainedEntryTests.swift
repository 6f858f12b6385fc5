import BotCore
import Testing

/// The chain against hashes that were computed outside, and against itself.
struct ChainedEntryTests {
    private static let salt = "00112233445566778899aabbccddeeff"

    private static let requested = HistoryEntry(
        at: Samples.noon,
        kind: .requested,
        change: 17,
        cluster: Samples.prod,
        action: "scale_cluster",
        parameters: ["additional_nodes": .int(4)],
        actor: Actor(person: "amy", account: Samples.amy.account, name: #"Ämy "A""#),
        policy: "p1",
        detail: ["nodes": .ints([8, 12]), "read": .bool(true), "digest": .string("d")],
        texts: ["reason": "more room"]
    )

    private static let reloaded = HistoryEntry(at: Timestamp(seconds: 0), kind: .reloaded, actor: .bot)

    private static let first = ChainedEntry(requested, after: .start) { salt }

    /// Written by hand; the digest of salt, line feed and text by `sha256sum`.
    private static let firstText =
        #"{"action":"scale_cluster","actor":{"account":"slack:T0001/U0AMY","name":"Ämy \"A\"","person":"amy"},"#
        + #""at":"2026-11-23T12:00:00.000Z","change":17,"cluster":{"id":42,"name":"prod-train"},"#
        + #""detail":{"digest":"d","nodes":[8,12],"read":true},"kind":"requested","parameters":{"additional_nodes":4},"#
        + #""policy":"p1","rule":null,"seq":1,"#
        + #""texts_sha256":{"reason":"e208bc6d5d5eeba8c3fe10fdd9a1ffd92a6959a92b2d9be6fb4e2dde34e1ac1e"},"v":1}"#

    /// By `sha256sum` over 64 zeros, a line feed and the text above.
    private static let firstHash = "04f72d9d265744492a32055af1b87a1c2c0212f9bbc58c756b304dedece5976d"

    private static let secondText =
        #"{"action":null,"actor":{"account":null,"name":"clusterbot","person":null},"at":"1970-01-01T00:00:00.000Z","#
        + #""change":null,"cluster":null,"detail":{},"kind":"reloaded","parameters":null,"policy":null,"rule":null,"seq":2,"#
        + #""texts_sha256":{},"v":1}"#

    private static let secondHash = "b5ae50d836354592d8dbe2967a666a1ce9cf10f5ba9b8c668e5cedb7e1008c3c"

    @Test func theFirstEntryIsChainedToZeros() {
        #expect(Self.first.seq == 1)
        #expect(Self.first.prev == String(repeating: "0", count: 64))
        #expect(Array(Self.first.entry.utf8) == Array(Self.firstText.utf8))
        #expect(Self.first.hash == Self.firstHash)
        #expect(ChainedEntry.hash(prev: Self.first.prev, entry: Self.firstText) == Self.firstHash)
    }

    @Test func theNextEntryIsChainedToTheOneBefore() {
        let second = ChainedEntry(Self.reloaded, after: Self.first.head) { Self.salt }
        #expect(second.seq == 2)
        #expect(second.prev == Self.firstHash)
        #expect(second.entry == Self.secondText)
        #expect(second.hash == Self.secondHash)
        #expect(second.head == HistoryHead(seq: 2, hash: Self.secondHash))
    }

    @Test func theHashChangesWithEveryPart() {
        let changed = [
            HistoryEntry(at: Samples.noon, kind: .requested, actor: Samples.amy),
            HistoryEntry(at: Samples.noon + .milliseconds(1), kind: .requested, actor: Samples.amy),
            HistoryEntry(at: Samples.noon, kind: .refused, actor: Samples.amy),
            HistoryEntry(at: Samples.noon, kind: .requested, change: 17, actor: Samples.amy),
            HistoryEntry(at: Samples.noon, kind: .requested, cluster: Samples.prod, actor: Samples.amy),
            HistoryEntry(at: Samples.noon, kind: .requested, action: "scale_cluster", actor: Samples.amy),
            HistoryEntry(at: Samples.noon, kind: .requested, parameters: [:], actor: Samples.amy),
            HistoryEntry(at: Samples.noon, kind: .requested, actor: Samples.bob),
            HistoryEntry(at: Samples.noon, kind: .requested, actor: Samples.amy, rule: "r"),
            HistoryEntry(at: Samples.noon, kind: .requested, actor: Samples.amy, policy: "p"),
            HistoryEntry(at: Samples.noon, kind: .requested, actor: Samples.amy, detail: ["a": .null]),
            HistoryEntry(at: Samples.noon, kind: .requested, actor: Samples.amy, texts: ["reason": "a"]),
            HistoryEntry(at: Samples.noon, kind: .requested, actor: Samples.amy, texts: ["reason": "b"]),
        ]
        let hashes = changed.map { ChainedEntry($0, after: .start) { Self.salt }.hash }
        #expect(Set(hashes).count == changed.count)
        let elsewhere = ChainedEntry(changed[0], after: HistoryHead(seq: 1, hash: HistoryHead.start.hash)) { Self.salt }
        #expect(elsewhere.hash != hashes[0])
        #expect(
            ChainedEntry.hash(prev: Self.firstHash, entry: "{}")
                != ChainedEntry.hash(prev: Self.secondHash, entry: "{}")
        )
    }

    @Test func anExportedLineIsWhatWasStoredAndOneObject() throws {
        let line = Self.first.exportLine
        #expect(
            line == Self.firstText.dropLast()
                + #","prev":"\#(HistoryHead.start.hash)","hash":"\#(Self.firstHash)","#
                + #""texts":{"reason":{"salt":"\#(Self.salt)","text":"more room"}}}"#
        )
        #expect(!line.contains("\n"))
        let object = try #require(try JSONValue(parsing: line).object)
        let keys: Set = [
            "v", "seq", "at", "kind", "change", "cluster", "action", "parameters", "actor", "rule", "policy", "detail",
            "texts_sha256",
            "prev", "hash", "texts",
        ]
        #expect(Set(object.keys) == keys)
    }

    @Test func aLineCanBeVerifiedFromItselfAlone() throws {
        var object = try #require(try JSONValue(parsing: Self.first.exportLine).object)
        let prev = try #require(object["prev"]?.string)
        let hash = try #require(object["hash"]?.string)
        let texts = try #require(object["texts"]?.object)
        for key in ["prev", "hash", "texts"] { object[key] = nil }
        #expect(sha256Hex("\(prev)\n\(JSONValue.object(object).canonical)") == hash)
        let text = try #require(texts["reason"])
        let digest = sha256Hex("\(text["salt"]?.string ?? "")\n\(text["text"]?.string ?? "")")
        #expect(object["texts_sha256"]?["reason"]?.string == digest)
    }

    @Test func aRemovedTextLeavesItsDigestAndTheHash() {
        let entry = Self.first
        let without = ChainedEntry(seq: entry.seq, entry: entry.entry, prev: entry.prev, hash: entry.hash, texts: [:])
        #expect(without.exportLine.hasSuffix(#","texts":{}}"#))
        #expect(!without.exportLine.contains("more room"))
        #expect(!without.exportLine.contains(Self.salt))
        #expect(without.exportLine.contains("e208bc6d5d5eeba8c3fe10fdd9a1ffd92a6959a92b2d9be6fb4e2dde34e1ac1e"))
        #expect(ChainedEntry.hash(prev: without.prev, entry: without.entry) == without.hash)
    }

    @Test func theTextItselfIsNotInTheChainedPart() {
        #expect(!Self.first.entry.contains("more room"))
        #expect(!Self.first.entry.contains(Self.salt))
    }

    @Test func everyTextHasASaltOfItsOwn() {
        let entry = HistoryEntry(
            at: Samples.noon,
            kind: .denied,
            actor: .bot,
            texts: ["reason": "same", "comment": "same"]
        )
        var salts = ["1", "2", "3"]
        let chained = ChainedEntry(entry, after: .start) { salts.removeLast() }
        #expect(salts == ["1"])
        #expect(Set(chained.texts.values.map(\.digest)).count == 2)
    }

    @Test func messagesShowTheNumberAndSixteenDigits() {
        #expect(Self.first.head.short == "1:04f72d9d26574449")
        #expect(HistoryHead.start.short == "0:0000000000000000")
    }

    @Test func theKindsOfTheContractAreThere() {
        let names: Set = [
            "requested", "refused", "planned", "approved", "denied", "confirmed", "cancelled", "expired", "sending",
            "succeeded",
            "failed", "unknown", "settled", "reloaded",
        ]
        #expect(names.isSubset(of: HistoryEntry.Kind.allCases.map(\.rawValue)))
    }
}
