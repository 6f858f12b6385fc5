import BotCore
import ChatConformance
import Testing

@testable import SlackChat

/// What people and the cluster API write comes out as text, wherever it stands.
@Suite struct RendererInjectionTests {
    static let corpus = HostileTexts.all

    private let renderer = SlackRenderer(workspace: "T0001")

    private func spans(_ text: String) -> [RichText.Span] {
        let outsider = Account(platform: "slack", workspace: "T0999", user: text)
        let strange = Account(platform: "slack", workspace: "T0001", user: text)
        return [
            .plain(text), .strong(text), .code(text), .mention(outsider, name: text),
            .mention(strange, name: text),
        ]
    }

    /// Takes our own formatting off the ends and expects that nothing between them does anything.
    private func expectInert(_ markup: String, around span: RichText.Span, _ note: Comment) {
        var text = markup
        var isCode = false
        switch span {
        case .strong: text = text.trimmed(of: "*")
        case .code:
            isCode = text.hasPrefix("`")
            text = text.trimmed(of: "`")
        default: break
        }
        let scalars = text.unicodeScalars
        #expect(!scalars.contains("<"), note)
        #expect(!scalars.contains("`"), note)
        for piece in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
            #expect(["amp;", "lt;", "gt;"].contains { piece.unicodeScalars.starts(with: $0.unicodeScalars) }, note)
        }
        #expect(!scalars.contains { $0.properties.generalCategory == .format || ($0.value < 0x20 && $0 != "\n") }, note)
        guard !isCode else { return }
        #expect(!scalars.contains("*") && !scalars.contains("~") && !scalars.contains(">"), note)
        #expect(!SlackEyes.hasEmoji(text) && !SlackEyes.hasSlant(text) && !SlackEyes.hasQuote(text), note)
    }

    @Test(arguments: corpus)
    func everySpanIsOnlyText(text: String) {
        for span in spans(text) {
            for keepsLines in [true, false] {
                let markup = SlackMarkup(workspace: "T0001", keepsLines: keepsLines).text(RichText([span]))
                expectInert(markup, around: span, "\(span) became \(markup)")
                #expect(keepsLines || !markup.contains("\n"))
            }
        }
    }

    @Test(arguments: corpus)
    func everyBlockIsOnlyText(text: String) throws {
        let rich = RichText([.plain(text)])
        let button = Message.Button(.approve, label: text, value: "17.")
        let message = Message(
            summary: rich,
            blocks: [
                .heading(text), .text(rich), .facts([Message.Fact(text, rich)]), .quote(text), .buttons([button]),
                .note(rich),
            ]
        )
        let members = renderer.members(of: message)
        expectInert(try #require(members["text"]?.string), around: .plain(text), "text")
        let blocks = try #require(members["blocks"]?.array)
        #expect(blocks.map { $0["type"]?.string } == ["header", "section", "section", "section", "actions", "context"])
        #expect(blocks[0]["text"]?["type"]?.string == "plain_text")
        expectInert(try #require(blocks[1]["text"]?["text"]?.string), around: .plain(text), "text")
        #expect(blocks[1]["text"]?["verbatim"] == .bool(true))
        let field = try #require(blocks[2]["fields"]?.array?[0])
        #expect(field["verbatim"] == .bool(true))
        let lines = try #require(field["text"]?.string).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 2, "a fact is a name and a value")
        expectInert(String(lines[0]), around: .strong(text), "fact's name")
        expectInert(String(lines[1]), around: .plain(text), "fact's value")
        for line in try #require(blocks[3]["text"]?["text"]?.string).split(
            separator: "\n",
            omittingEmptySubsequences: false
        ) {
            #expect(line.hasPrefix("> "))
            expectInert(String(line.dropFirst(2)), around: .plain(text), "quote")
        }
        #expect(blocks[4]["elements"]?.array?[0]["text"]?["type"]?.string == "plain_text")
        expectInert(try #require(blocks[5]["elements"]?.array?[0]["text"]?.string), around: .plain(text), "note")
        #expect(blocks[5]["elements"]?.array?[0]["verbatim"] == .bool(true))
    }

    @Test func pieceByPieceIsNoWayAround() {
        let cases: [RichText] = [
            RichText([.plain(":"), .plain("tada"), .plain(":")]), RichText([.plain("<"), .plain("!channel>")]),
            RichText([.plain("*"), .plain("x*")]), RichText([.plain("a\n"), .plain("> b")]),
            RichText([.plain("_"), .plain("x_")]),
            RichText([.plain("x\n"), .plain("> y")]),
        ]
        for rich in cases {
            expectInert(SlackMarkup(workspace: "T0001").text(rich), around: .plain(""), "\(rich)")
        }
    }

    @Test func whatDoesNothingStaysAsItIs() {
        let harmless = [
            "scale_cluster on prod-train: 8 → 12 nodes", "12:30:45", "812:0123456789abcdef", "a > b", "os:bot1/1001",
            "x_1_y",
            "naïve 🚀 日本語", "slack:T0001/U0AMY", "(8 + 4)",
        ]
        for text in harmless {
            #expect(SlackMarkup(workspace: "T0001").text(RichText([.plain(text)])) == text.replacing(">", with: "&gt;"))
        }
    }

    @Test func onlyPeopleOfThisWorkspaceAreMentioned() throws {
        func shown(_ account: String) throws -> String {
            let account = try #require(Account(account))
            return SlackMarkup(workspace: "T0001").text(RichText([.mention(account, name: "amy")]))
        }
        #expect(try shown("slack:T0001/U0AMY") == "<@U0AMY>")
        #expect(try shown("slack:T0999/U0AMY") == "amy (slack:T0999/U0AMY)")
        #expect(try shown("os:T0001/1001") == "amy (os:T0001/1001)")
    }

    @Test(arguments: [
        ("T0001", "C0OPS", "<#C0OPS>"), ("T0001", "D0AMY", "`slack:T0001/D0AMY`"),
        ("T0999", "C0OPS", "`slack:T0999/C0OPS`"), ("T0001", "C0OPS>", "`slack:T0001/C0OPS&gt;`"),
    ])
    func channelsAreLinkedWhereTheyHaveAName(workspace: String, id: String, shown: String) {
        let channel = Channel(platform: "slack", workspace: workspace, id: id)
        #expect(SlackMarkup(workspace: "T0001").text("in \(channel)") == "in \(shown)")
    }

    @Test func timesAreInTheReadersZone() {
        let text = SlackMarkup(workspace: "T0001").text(RichText([.time(Timestamp(milliseconds: 1_800_000_000_123))]))
        #expect(text == "<!date^1800000000^{date_short_pretty} {time}|2027-01-15 08:00 UTC>")
    }

    @Test func ourOwnFormattingWorks() {
        let text: RichText = "Add \(strong: "4 nodes") to \(code: "prod-train") \(strong: " now ")"
        #expect(SlackMarkup(workspace: "T0001").text(text) == "Add *4 nodes* to `prod-train`  *now* ")
        // A mark that combines with a blank at the edge is text.
        #expect(SlackMarkup(workspace: "T0001").text(RichText([.strong(" \u{301}x \u{301}")])) == " *\u{301}x \u{301}*")
        #expect(SlackMarkup(workspace: "T0001").text(RichText([.code("a`b\n<c>")])) == "`aˋb &lt;c&gt;`")
    }
}

/// What Slack would see in a text, by rules that are wider than its own.
private enum SlackEyes {
    static func hasEmoji(_ text: String) -> Bool {
        let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
        return pieces.dropFirst().dropLast().contains { name in
            !name.isEmpty && !name.contains { $0.isWhitespace || "/<>&()[]{}\"".contains($0) }
                && (name.contains { !$0.isASCII || !$0.isNumber } || name == "100" || name == "1234")
        }
    }

    static func hasSlant(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.contains { index in
            guard scalars[index] == "_" else { return false }
            let sides = [index - 1, index + 1].map { scalars.indices.contains($0) ? scalars[$0] : " " }
            return !sides.allSatisfy { $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        }
    }

    static func hasQuote(_ text: String) -> Bool {
        text.split(separator: "\n").contains {
            $0.drop { $0 == " " }.unicodeScalars.starts(with: "&gt;".unicodeScalars)
        }
    }
}

extension String {
    /// Without one mark at each end, and the blanks outside of them.
    fileprivate func trimmed(of mark: Character) -> String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        guard text.count > 1, text.first == mark, text.last == mark else { return self }
        return String(text.dropFirst().dropLast())
    }
}
