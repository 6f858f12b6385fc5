import BotCore
import Foundation
import TestSupport
import Testing

@testable import SlackChat

/// The most hostile messages, asked of the models of Slack's own SDK.
@Suite struct RendererJudgeTests {
    private static var messages: [Message] {
        let long = String(repeating: "&<x>*_~`\u{202E}🚀", count: 600)
        let facts = (1...23).map { Message.Fact("\($0) \(long)", RichText([.plain(long), .code(long)])) }
        let kinds: [Message.Button.Kind] = [.approve, .deny, .cancel, .confirm, .approve]
        let buttons = kinds.map { Message.Button($0, label: long, value: "17.") }
        let all: [Message.Block] = [
            .heading(long), .text(RichText([.strong(long), .plain(long)])), .facts(facts), .quote(long),
            .buttons(buttons),
            .note(RichText([.plain(long)])),
        ]
        let corpus = RendererInjectionTests.corpus.map { text in
            let rich = RichText([.plain(text), .strong(text), .code(text)])
            return Message(summary: rich, blocks: [.heading(text), .text(rich), .quote(text), .note(rich)])
        }
        return [
            RendererGoldenTests.approval, Message("hello"), Message(summary: "", blocks: []),
            Message(summary: RichText([.plain(long)]), blocks: all),
            Message(summary: "many", blocks: Array(repeating: all, count: 20).flatMap { $0 }),
        ] + corpus
    }

    @Test func slacksOwnModelsTakeEveryMessage() async throws {
        let renderer = SlackRenderer(workspace: "T0001")
        let lines = Self.messages.map { String(decoding: renderer.reply($0, isPrivate: true), as: UTF8.self) }
        let folder = try TemporaryFolder()
        let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "messages.jsonl")
        let judged = try await ChildProcess.run(
            try Judges.python(),
            [Judges.script("slack_blocks_judge.py"), file]
        )
        #expect(judged.exit == 0, "\(judged.output)\(judged.errors)")
    }
}
