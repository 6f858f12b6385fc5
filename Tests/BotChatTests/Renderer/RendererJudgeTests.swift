import BotCore
import Foundation
import Testing

@testable import BotChat

/// Writes messages for `Tests/Judges/slack_blocks_judge.py`, which asks the models of Slack's own SDK about them.
@Suite struct RendererJudgeTests {
    private static let file = ProcessInfo.processInfo.environment["SLACK_BLOCKS_FILE"]

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
            let rich = RichText([.plain(text), .strong(text), .code(text), .person(nil, name: text)])
            return Message(summary: rich, blocks: [.heading(text), .text(rich), .quote(text), .note(rich)])
        }
        return [
            RendererGoldenTests.approval, Message("hello"), Message(summary: "", blocks: []),
            Message(summary: RichText([.plain(long)]), blocks: all),
            Message(summary: "many", blocks: Array(repeating: all, count: 20).flatMap { $0 }),
        ] + corpus
    }

    @Test(.enabled(if: file != nil, "set SLACK_BLOCKS_FILE to the file to write"))
    func messagesAreWrittenForTheJudge() throws {
        let renderer = SlackRenderer(workspace: "T0001")
        let lines = Self.messages.map { String(decoding: renderer.reply($0, isPrivate: true), as: UTF8.self) }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: try #require(Self.file)))
    }
}
