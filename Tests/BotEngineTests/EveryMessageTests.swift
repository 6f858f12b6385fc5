import BotCore
import BotStore
import ChatConformance
import Foundation
import NIOConcurrencyHelpers
import SlackChat
import TestSupport
import Testing

@testable import BotEngine

/// Every message that the engine makes, with nothing, much and hostile text wherever people, the API and the configuration may
/// write, as Slack gets it: taken by the models of Slack's own SDK, and within the limits that those miss.
@Suite("Every message", .timeLimit(.minutes(20)))
struct EveryMessageTests {
    /// At each limit of Slack, and one more.
    private static let lengths = [0, 75, 76, 150, 151, 2000, 2001, 3000, 3001, 3900]

    @Test func isTakenBySlack() async throws {
        let hostile = stride(from: 0, to: HostileTexts.all.count, by: 16).map {
            HostileTexts.all[$0..<min($0 + 16, HostileTexts.all.count)].joined(separator: " ")
        }
        var lines: Set<String> = []
        var kinds: Set<String> = []
        let fillers = Self.lengths.map { String(repeating: "x", count: $0) } + hostile
        try await withThrowingTaskGroup(of: [Message].self) { group in
            for filler in fillers { group.addTask { try await Scene.messages(filler) } }
            for try await messages in group {
                #expect(messages.count > 80)
                for message in messages {
                    kinds.formUnion(message.kindsOfButtons)
                    let renderer = SlackRenderer(workspace: "T1")
                    lines.insert(String(decoding: renderer.reply(message, isPrivate: true), as: UTF8.self))
                }
            }
        }
        // A kind of button that never comes shows that something was not played.
        #expect(
            kinds == [
                "approve", "deny", "cancel", "confirm", "say_why", "resolve_succeeded", "resolve_failed", "unlock",
                "offer", "page",
            ]
        )
        let judged = try await judge(lines.sorted())
        #expect(judged.exit == 0, "\(judged.output)\(judged.errors)")
    }

    /// The judge finds what is one more than Slack takes, and what it takes is taken.
    @Test func theJudgeKnowsTheLimits() async throws {
        func x(_ count: Int) -> String { String(repeating: "🙂", count: count / 2) + (count % 2 == 1 ? "x" : "") }
        func message(_ block: String) -> String { #"{"text": "x", "blocks": [\#(block)]}"# }
        func button(_ number: Int, id: Int = 8, label: Int = 1, value: Int = 1) -> String {
            let name = "\(number)" + String(repeating: "x", count: id)
            return """
                {"type": "button", "action_id": "\(name.prefix(id))", "value": "\(x(value))", \
                "text": {"type": "plain_text", "text": "\(x(label))", "emoji": false}}
                """
        }
        func actions(_ buttons: [String]) -> String {
            message(#"{"type": "actions", "elements": [\#(buttons.joined(separator: ", "))]}"#)
        }
        func section(_ count: Int) -> String {
            #"{"type": "section", "text": {"type": "mrkdwn", "text": "\#(x(count))", "verbatim": true}}"#
        }
        func fields(_ count: Int, _ length: Int) -> String {
            let field = #"{"type": "mrkdwn", "text": "\#(x(length))", "verbatim": true}"#
            return message(
                #"{"type": "section", "fields": [\#(Array(repeating: field, count: count).joined(separator: ", "))]}"#
            )
        }
        func header(_ count: Int) -> String {
            message(
                #"{"type": "header", "text": {"type": "plain_text", "text": "\#(x(count))", "emoji": false}}"#
            )
        }
        func blockID(_ count: Int) -> String {
            message(
                #"{"type": "section", "block_id": "\#(String(repeating: "x", count: count))", "text": {"type": "mrkdwn", "text": "x"}}"#
            )
        }
        func sections(_ count: Int) -> String {
            message(Array(repeating: section(1), count: count).joined(separator: ", "))
        }
        let taken = [
            message(section(3000)), sections(50), fields(10, 2000), header(150), blockID(255),
            actions((1...25).map { button($0) }),
            actions([button(1, id: 255, label: 75, value: 2000)]),
        ]
        let refused = [
            message(section(3001)), sections(51), fields(11, 1), fields(1, 2001), header(151), blockID(256),
            actions((1...26).map { button($0) }), actions([button(1, id: 256)]), actions([button(1, label: 76)]),
            actions([button(1, value: 2001)]), actions([button(1), button(1)]), message(section(0)), "{}",
        ]
        let good = try await judge(taken)
        #expect(good.exit == 0, "\(good.output)\(good.errors)")
        let bad = try await judge(refused)
        #expect(bad.output.contains("0 passed, \(refused.count) failed"), "\(bad.output)\(bad.errors)")
    }

    private func judge(_ lines: [String]) async throws -> (exit: Int32, output: String, errors: String) {
        let folder = try TemporaryFolder()
        let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "messages.jsonl")
        return try await ChildProcess.run(try Judges.python(), [Judges.script("slack_blocks_judge.py"), file])
    }
}

extension Message {
    fileprivate var kindsOfButtons: [String] {
        blocks.flatMap { block -> [String] in
            if case .buttons(let buttons) = block { buttons.map(\.kind.rawValue) } else { [] }
        }
    }
}

/// A day on which everything happens that people are told of.
private struct Scene {
    let bot: EngineHarness
    /// The text that stands wherever somebody may write.
    let filler: String
    private let replies = NIOLockedValueBox<[Message]>([])

    static func messages(_ filler: String) async throws -> [Message] {
        var rules = TestRules.withClosing
        rules.rules.insert(
            Rule(
                name: filler,
                effect: .allow,
                rights: ["scale_cluster"],
                who: [.group("engineers")],
                clusters: .init(labels: ["env": ["prod"]]),
                limits: ["additional_nodes": 16],
                needs: TestRules.approvals(("leads", 2))
            ),
            at: 0
        )
        let found = NIOLockedValueBox<[Message]>([])
        try await EngineHarness.run(rules, historyChannel: .log) { bot in
            let scene = Scene(bot: bot, filler: filler)
            scene.surround()
            try await scene.changes()
            try await scene.closures()
            try await scene.questions()
            found.withLockedValue {
                $0 =
                    scene.replies.withLockedValue(\.self) + bot.chat.posts.flatMap(\.versions)
                    + bot.chat.told.map(\.message)
            }
        }
        return found.withLockedValue(\.self)
    }

    private init(bot: EngineHarness, filler: String) {
        self.bot = bot
        self.filler = filler
    }

    /// What the API shows.
    private func surround() {
        let names = Dictionary(uniqueKeysWithValues: (0..<60).map { (70 + $0, $0 == 7 ? filler : "\(filler) \($0)") })
        bot.clusters.set { state in
            state.lists = [
                .images: NamedList(names),
                .sshKeys: NamedList(names.merging([11: filler, 12: "ci"]) { old, _ in old }),
                .securityGroups: NamedList(names),
            ]
            for number in 9..<69 { state.addresses[number] = .some(nil) }
        }
    }

    @discardableResult
    private func type(_ line: String, by person: Person = .amy, in channel: Channel = .ops) async throws -> Int? {
        let before = try await bot.changes().count
        let reply = try await bot.type(line, by: person, in: channel)
        if let message = reply.message { replies.withLockedValue { $0.append(message) } }
        let after = try await bot.changes().count
        return after > before ? after : nil
    }

    /// Asks for a change with the text as its reason; without, where that cannot be typed.
    private func ask(_ line: String, in channel: Channel = .ops) async throws -> Int {
        if let id = try await type("\(line) --reason \"\(filler)\"", in: channel) { return id }
        return try #require(try await type(line, in: channel))
    }

    private func changes() async throws {
        let free = try await ask("43 scale 4")
        try await bot.until(free, isShown: .succeeded)
        let agreed = try await ask("42 sg add 70 71")
        try await bot.until(agreed, isShown: .pending)
        try await type("approve \(agreed) \(filler)", by: .bob)
        // Not every text can be typed.
        if try await bot.change(agreed).state == .pending { try await type("approve \(agreed)", by: .bob) }
        try await bot.until(agreed, isShown: .succeeded)
        let denied = try await ask("42 scale 2")
        try await bot.until(denied, isShown: .pending)
        try await type("pending", by: .bob)
        try await bot.click(.deny, on: denied, by: .bob)
        try await bot.until(denied, isShown: .denied)
        try await type("deny \(denied) \(filler)", by: .bob)
        let confirmed = try await ask("44 image 70")
        try await bot.until(confirmed, isShown: .pending)
        bot.clock.advance(by: .seconds(3600))
        try await bot.until(confirmed, isShown: .expired)
        for outcome in [SimulatedClusters.Outcome.refuse(filler), .notSent(filler)] {
            bot.clusters.willAnswer(outcome, on: 43)
            let failed = try await ask("43 scale 5")
            try await bot.until(failed, isShown: .failed)
        }
        bot.clusters.willAnswer(.unknownNotApplied, on: 53)
        let unknown = try await ask("53 restart workers")
        try await bot.until(unknown, isShown: .unknown)
        try await type("resolve \(unknown) failed \(filler)", by: .bob)
        if try await bot.change(unknown).state == .unknown {
            try await type("resolve \(unknown) failed seen", by: .bob)
        }
        try await bot.until(unknown, isShown: .failed)
        // Where the bot may not speak, whoever asked is told in private.
        bot.chat.fail(.lab, .cannotPostHere(filler))
        let untold = try await ask("43 scale 6", in: .lab)
        try await bot.until(untold, is: .succeeded)
        try await bot.until("amy is told") { !bot.chat.told.isEmpty }
    }

    private func closures() async throws {
        try await type("43 lock \"\(filler)\"", by: .bob)
        try await type("43 lock \"mine\"", by: .bob)
        try await type("43 scale 1")
        try await type("locks")
        try await type("43 status")
        try await bot.until("it is posted") { bot.chat.posts(in: .ops).contains { $0.text.contains("[Unlock]") } }
        try await type("43 unlock \(filler)", by: .bob)
        try await type("freeze \"\(filler)\" everything", by: .bob)
        try await type("freeze \"release\" everything", by: .bob)
        try await type("43 scale 1")
        try await type("freezes")
        try await type("unfreeze F1 \(filler)", by: .bob)
        try await type("unfreeze F2 \(filler)", by: .bob)
    }

    private func questions() async throws {
        bot.clusters.alter(43) { $0.status = filler }
        let count = try await bot.changes().count
        for line in [
            "43 status", "43", "43 image", "43 keys", "43 sg", "43 ip", "43 restart", "", "help", "help scale", "may",
            "42 may", "list", "whoami", "version", "pending", "history 50", "history 2", "43 history 1",
            "why 42 scale 4",
            "who can approve 42 scale 4", "43 scale 2 --plan", "42 scale 17", "43 sclae 4", "scale 43 4", "show 99",
            "43 image \"\(filler)\"", "43 sg add \"\(filler)\"", "\(filler) status", "help \(filler)", "43 \(filler)",
            "approve \(filler)", "43 scale 2; 42 scale \(filler)", filler, "43 ip detach \(filler)",
            "history by \"\(filler)\"",
        ] + (1...count).map({ "show \($0)" }) {
            try await type(line)
            try await type(line, by: .zoe)
        }
        bot.clusters.set { $0.readProblems[43] = filler }
        for line in ["43 status", "43 image", "43 scale 2 --plan"] { try await type(line) }
    }
}
