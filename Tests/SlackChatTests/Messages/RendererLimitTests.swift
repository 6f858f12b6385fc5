import BotCore
import Testing

@testable import SlackChat

@Suite struct RendererLimitTests {
    private let renderer = SlackRenderer(workspace: "T0001")

    private func blocks(_ blocks: [Message.Block]) -> [JSONValue] {
        renderer.members(of: Message(summary: "summary", blocks: blocks))["blocks"]?.array ?? []
    }

    private func letters(_ count: Int) -> String { String(repeating: "x", count: count) }

    private func rich(_ count: Int) -> RichText { RichText([.plain(letters(count))]) }

    /// A text at its limit is whole; one more and it is cut, marked, and not shorter than it must be.
    private func expectCut(at limit: Int, _ text: (Int) -> String?) throws {
        #expect(try #require(text(limit)) == letters(limit))
        let cut = try #require(text(limit + 1))
        #expect(cut.utf16.count == limit)
        #expect(cut.contains("…"))
    }

    @Test func theIdentityIsTheFirstBlocks() {
        var message = Message(summary: "summary", blocks: [.text("one"), .text("two")])
        message.identity = .init(change: 17, .revision(3))
        let ids = renderer.members(of: message)["blocks"]?.array?.map { $0["block_id"]?.string }
        #expect(ids == ["change-17-revision-3", nil])
        message.identity = .init(change: 17, .entry(seq: 41))
        #expect(renderer.members(of: message)["blocks"]?.array?[0]["block_id"]?.string == "change-17-entry-41")
    }

    @Test func headingsFit() throws {
        try expectCut(at: 150) { blocks([.heading(letters($0))])[0]["text"]?["text"]?.string }
    }

    @Test func textsFit() throws {
        try expectCut(at: 3000) { blocks([.text(rich($0))])[0]["text"]?["text"]?.string }
    }

    @Test func notesFit() throws {
        try expectCut(at: 3000) { blocks([.note(rich($0))])[0]["elements"]?.array?[0]["text"]?.string }
    }

    @Test func summariesFit() throws {
        try expectCut(at: 4000) { renderer.members(of: Message(summary: rich($0)))["text"]?.string }
        // Where the blocks say the whole, it is the line for notifications.
        let line = renderer.members(of: Message(rich(400)))["text"]?.string
        #expect(line?.count == 150)
        // Each of the lines that were put together names its change.
        var joined = Message(rich(400))
        joined.isJoined = true
        #expect(renderer.members(of: joined)["text"]?.string?.count == 400)
    }

    @Test func labelsFit() throws {
        try expectCut(at: 75) { count in
            let button = Message.Button(.deny, label: letters(count), value: "1.")
            return blocks([.buttons([button])])[0]["elements"]?.array?[0]["text"]?["text"]?.string
        }
    }

    @Test func quotesFit() throws {
        func quoted(_ count: Int) throws -> String {
            try #require(blocks([.quote(letters(count))])[0]["text"]?["text"]?.string)
        }
        #expect(try quoted(2998) == "> " + letters(2998))
        #expect(try quoted(2999).utf16.count == 3000)
        #expect(try quoted(2999).contains("…"))
        let lines = String(repeating: "\n", count: 5000)
        #expect(try #require(blocks([.quote("a\(lines)b")])[0]["text"]?["text"]?.string).utf16.count <= 3000)
    }

    @Test func factsFit() throws {
        func fact(_ name: Int, _ value: Int) throws -> String {
            let fact = Message.Fact(letters(name), rich(value))
            return try #require(blocks([.facts([fact])])[0]["fields"]?.array?[0]["text"]?.string)
        }
        #expect(try fact(4, 1993) == "*xxxx*\n" + letters(1993))
        #expect(try fact(4, 1994).utf16.count == 2000)
        #expect(try fact(4, 1994).contains("…"))
        #expect(try fact(3000, 3000).utf16.count == 2000)
    }

    @Test func tenFactsShareASection() {
        let facts = (1...21).map { Message.Fact("n\($0)", "v") }
        #expect(blocks([.facts(Array(facts.prefix(10)))]).map { $0["fields"]?.array?.count } == [10])
        #expect(blocks([.facts(facts)]).map { $0["fields"]?.array?.count } == [10, 10, 1])
        #expect(blocks([.facts([])]).map { $0["type"]?.string } == ["section"], "falls back to the summary")
    }

    @Test func aBlockHoldsEachActionOnce() {
        let two = [Message.Button(.approve, label: "a", value: "1."), Message.Button(.deny, label: "b", value: "1.")]
        #expect(blocks([.buttons(two)]).map { $0["elements"]?.array?.count } == [2])
        let rows = blocks([.buttons(two + two + two)])
        #expect(rows.map { $0["elements"]?.array?.count } == [2, 2, 2])
        for row in rows {
            #expect(Set(row["elements"]?.array?.compactMap { $0["action_id"]?.string } ?? []) == ["approve", "deny"])
        }
    }

    @Test func aValueIsWholeOrTheButtonIsNotThere() {
        func values(_ count: Int) -> [String?] {
            let button = Message.Button(.approve, label: "a", value: letters(count))
            return blocks([.buttons([button]), .note("end")]).filter { $0["type"] == .string("actions") }
                .map { $0["elements"]?.array?[0]["value"]?.string }
        }
        #expect(values(2000) == [letters(2000)])
        #expect(values(2001) == [])
        #expect(values(0) == [])
    }

    @Test func fiftyBlocksStayAndOfMoreTheStartAndTheEnd() {
        let texts = (1...60).map { Message.Block.text(RichText([.plain("block \($0)")])) }
        #expect(blocks(Array(texts.prefix(50))).count == 50)
        #expect(!blocks(Array(texts.prefix(50))).contains { $0["type"] == .string("context") })
        let cut = blocks(texts)
        #expect(cut.count == 50)
        #expect(cut.first?["text"]?["text"]?.string == "block 1")
        #expect(cut.last?["text"]?["text"]?.string == "block 60")
        #expect(cut.count { $0["type"] == .string("context") } == 1)
    }

    @Test func theEndSurvivesEveryCut() throws {
        let end = " 812:0123456789abcdef"
        let long = RichText([.plain(letters(9000)), .code(letters(9000)), .plain(end)])
        let members = renderer.members(of: Message(summary: long, blocks: [.text(long), .note(long)]))
        #expect(try #require(members["text"]?.string).hasSuffix(end))
        let blocks = try #require(members["blocks"]?.array)
        #expect(try #require(blocks[0]["text"]?["text"]?.string).hasSuffix(end))
        #expect(try #require(blocks[1]["elements"]?.array?[0]["text"]?.string).hasSuffix(end))
    }

    @Test func cutsKeepCharactersEscapesAndMentionsWhole() throws {
        let account = Account(platform: "slack", workspace: "T0001", user: "U0AMY")
        let piece: [RichText.Span] = [
            .plain("👩‍👩‍👧é&<"), .mention(account, name: "amy"), .time(Timestamp(seconds: 1)), .strong("s&"), .code("c<"),
        ]
        let once = SlackMarkup(workspace: "T0001").text(RichText(piece))
        for count in [100, 101, 102, 103, 150] {
            let long = RichText(Array(repeating: piece, count: count).flatMap { $0 })
            let text = try #require(blocks([.text(long)])[0]["text"]?["text"]?.string)
            #expect(text.utf16.count <= 3000 && text.utf16.count > 3000 - once.utf16.count)
            let halves = text.split(separator: "…")
            #expect(halves.count == 2)
            var left = halves.joined()
            for token in [
                "<@U0AMY>", "<!date^1^{date_short_pretty} {time}|1970-01-01 00:00 UTC>", "&amp;", "&lt;", "*s*",
                "`c`", "*", "`",
                "s", "c", "é", "\\u{200D}", "👩", "👧",
            ] { left = left.replacing(token, with: "") }
            #expect(left == "", "nothing is left in pieces")
        }
    }

    @Test func oneEndlessCharacterIsCutAway() throws {
        let zalgo = "a" + String(repeating: "\u{0301}", count: 4000)
        #expect(try #require(blocks([.text(RichText([.plain(zalgo)]))])[0]["text"]?["text"]?.string) == "…")
    }

    @Test func nothingEmptyIsSent() {
        let empty = renderer.members(
            of: Message(summary: "", blocks: [.text(""), .heading(" "), .quote("\n"), .note("")])
        )
        #expect(empty["text"]?.string == "(no text)")
        #expect(empty["blocks"]?.array?.count == 1)
        #expect(blocks([]).first?["text"]?["text"]?.string == "summary")
        #expect(blocks([.facts([Message.Fact("owner", "")])])[0]["fields"]?.array?[0]["text"]?.string == "*owner*\n–")
        let button = Message.Button(.approve, label: " ", value: "1.")
        #expect(blocks([.buttons([button])])[0]["elements"]?.array?[0]["text"]?["text"]?.string == "approve")
    }
}
