import Testing

@testable import Sandbox

struct BlockKitTests {
    private static func text(_ count: Int, _ type: String = "mrkdwn") -> SandboxJSON {
        ["type": .string(type), "text": .string(String(repeating: "x", count: count))]
    }

    private static func section(_ count: Int) -> SandboxJSON { ["type": "section", "text": text(count)] }

    private static func button(_ id: String = "a", _ extra: [String: SandboxJSON] = [:]) -> SandboxJSON {
        let button: [String: SandboxJSON] = ["type": "button", "action_id": .string(id), "text": text(5, "plain_text")]
        return .object(button.merging(extra) { _, new in new })
    }

    private static func actions(_ elements: [SandboxJSON]) -> SandboxJSON {
        ["type": "actions", "elements": .array(elements)]
    }

    /// Each pair: the largest that is allowed, and one step more.
    static let limits: [(name: String, allowed: SandboxJSON, refused: SandboxJSON)] = [
        (
            "blocks", .array(Array(repeating: ["type": "divider"], count: 50)),
            .array(Array(repeating: ["type": "divider"], count: 51))
        ),
        ("section text", [section(3000)], [section(3001)]),
        ("section text at least one", [section(1)], [section(0)]),
        (
            "fields", [["type": "section", "fields": .array(Array(repeating: text(1), count: 10))]],
            [["type": "section", "fields": .array(Array(repeating: text(1), count: 11))]]
        ),
        ("field", [["type": "section", "fields": [text(2000)]]], [["type": "section", "fields": [text(2001)]]]),
        (
            "header", [["type": "header", "text": text(150, "plain_text")]],
            [["type": "header", "text": text(151, "plain_text")]]
        ),
        (
            "header is plain", [["type": "header", "text": text(1, "plain_text")]],
            [["type": "header", "text": text(1)]]
        ),
        (
            "context elements", [["type": "context", "elements": .array(Array(repeating: text(1), count: 10))]],
            [["type": "context", "elements": .array(Array(repeating: text(1), count: 11))]]
        ),
        (
            "action elements", [actions((1...25).map { button("a\($0)") })],
            [actions((1...26).map { button("a\($0)") })]
        ),
        ("unique action ids", [actions([button("a"), button("b")])], [actions([button("a"), button("a")])]),
        ("same action id in two blocks", [actions([button()]), actions([button()])], [actions([button(), button()])]),
        (
            "action id", [actions([button(String(repeating: "i", count: 255))])],
            [actions([button(String(repeating: "i", count: 256))])]
        ),
        (
            "button text", [actions([button("a", ["text": text(75, "plain_text")])])],
            [actions([button("a", ["text": text(76, "plain_text")])])]
        ),
        ("button text is plain", [actions([button()])], [actions([button("a", ["text": text(5)])])]),
        (
            "button value", [actions([button("a", ["value": .string(String(repeating: "v", count: 2000))])])],
            [actions([button("a", ["value": .string(String(repeating: "v", count: 2001))])])]
        ),
        (
            "button style", [actions([button("a", ["style": "danger"])])], [actions([button("a", ["style": "red"])])]
        ),
        (
            "confirm", [actions([button("a", ["confirm": ["text": text(300), "confirm": text(30, "plain_text")]])])],
            [actions([button("a", ["confirm": ["text": text(300), "confirm": text(31, "plain_text")]])])]
        ),
        (
            "block ids", [["type": "divider", "block_id": "a"], ["type": "divider", "block_id": "b"]],
            [["type": "divider", "block_id": "a"], ["type": "divider", "block_id": "a"]]
        ),
        ("known members", [section(1)], [["type": "section", "text": text(1), "colour": "red"]]),
        ("known types", [["type": "divider"]], [["type": "carousel"]]),
    ]

    @Test("a limit lets its largest value through and stops the next", arguments: limits.indices)
    func limit(index: Int) {
        let limit = Self.limits[index]
        #expect(BlockKit.problems(in: limit.allowed) == [], "\(limit.name)")
        #expect(!BlockKit.problems(in: limit.refused).isEmpty, "\(limit.name)")
    }

    @Test("a message with blocks over the limit is refused as a whole, with the place")
    func refused() async throws {
        try await withSlack { slack, api in
            let reply = try await api.post("x", blocks: [["type": "divider"], Self.section(3001)])
            #expect(reply["error"] == "invalid_blocks")
            let problem = reply["response_metadata"]?["messages"]?[0]?.string
            #expect(problem == "[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]")
            #expect(await slack.messages(in: "C0OPS").isEmpty)
        }
    }
}
