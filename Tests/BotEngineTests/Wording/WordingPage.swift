import BotCore
import Foundation
import TestSupport
import Testing

@testable import BotEngine

/// Texts as people read them, one below the other: what was typed, and what came of it. Compared with the page that is kept in
/// `Tests/Wording`; `make wording` writes the pages anew.
struct WordingPage {
    private let name: String
    private var lines: [String] = []
    /// How much of each channel, and of what was said in private, stands here already.
    private var shownPosts: Set<String> = []
    private var shownWords = 0

    init(_ name: String) { self.name = name }

    /// Begins a part. What other worlds have said is none of its business.
    mutating func part(_ title: String) {
        if !lines.isEmpty { lines.append("") }
        lines.append("== \(title)")
        (shownPosts, shownWords) = ([], 0)
    }

    mutating func add(_ head: String, _ message: Message?) {
        lines.append("")
        lines.append(head)
        lines += (message?.asRead ?? "(nothing)").split(separator: "\n").map { "  \($0)" }
    }

    // MARK: What people do

    /// Somebody types, and the answer is read.
    mutating func type(
        _ text: String,
        by person: Person = .amy,
        in channel: Channel = .ops,
        isDirect: Bool = false,
        ago: Duration = .zero,
        _ bot: EngineHarness
    ) async throws {
        let reply = try await bot.type(text, by: person, in: channel, isDirect: isDirect, ago: ago)
        add("\(person.rawValue): /cluster\(text.isEmpty ? "" : " \(text)")", reply.message)
    }

    // MARK: What is there

    /// The card of a change once it stands for a state.
    mutating func card(_ change: Int = 1, is state: ChangeState, _ bot: EngineHarness) async throws {
        try await bot.until(change, is: state)
        try await bot.untilShown(change)
        try await card(change, bot)
    }

    /// The card of a change as it stands there.
    mutating func card(_ change: Int = 1, _ bot: EngineHarness) async throws {
        let card = try await bot.conversation(change)
        shownPosts.insert(card.id)
        add("the card of #\(change)", card.versions.last)
    }

    /// The next line in a channel that holds a text and stood not here yet.
    mutating func line(_ text: String, in channel: Channel = .ops, _ bot: EngineHarness) async throws {
        let shown = shownPosts
        func next() -> RecordingChat.Posted? {
            bot.chat.posts(in: channel).first { !shown.contains($0.id) && $0.text.contains(text) }
        }
        try await bot.until("“\(text)” is posted") { next() != nil }
        guard let post = next() else { return }
        shownPosts.insert(post.id)
        add("a line in #\(channel.shownName)", post.versions.last)
    }

    /// The next private word that holds a text.
    mutating func word(_ text: String, _ bot: EngineHarness) async throws {
        let shown = shownWords
        func next() -> Int? { bot.chat.told.indices.dropFirst(shown).first { bot.chat.told[$0].text.contains(text) } }
        try await bot.until("“\(text)” is told") { next() != nil }
        guard let index = next() else { return }
        shownWords = index + 1
        let told = bot.chat.told[index]
        add("only \(Person.allCases.first { $0.account == told.account }?.rawValue ?? "?") sees", told.message)
    }

    // MARK: The page

    /// Whether somebody has typed these words at the begin of a line, or behind a cluster.
    func hasTyped(_ words: String) -> Bool {
        lines.contains { line in
            guard let text = line.split(separator: ": /cluster ", maxSplits: 1).last, text != line[...] else {
                return false
            }
            let behindCluster = text.drop { $0.isNumber }.drop { $0 == " " }
            return [text, behindCluster].contains { "\($0) ".hasPrefix("\(words) ") }
        }
    }

    func check() throws {
        let text = lines.joined(separator: "\n") + "\n"
        let path = TestFolder.file("Wording/\(name).txt")
        if ProcessInfo.processInfo.environment["WORDING"] != nil {
            return try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }
        let kept = (FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? "")
        let (here, there) = (text.split(separator: "\n"), kept.split(separator: "\n"))
        guard let number = (0..<max(here.count, there.count)).first(where: { here[safe: $0] != there[safe: $0] }) else {
            return
        }
        Issue.record(
            """
            \(name).txt reads otherwise:
            kept  \(there[safe: number] ?? "(its end)")
            now   \(here[safe: number] ?? "(its end)")
            If that is better, `make wording` keeps it.
            """
        )
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension Channel {
    /// The name by which the pages call it.
    fileprivate var shownName: String {
        switch self {
        case .ops: "ops"
        case .log: "cluster-history"
        case .lab: "lab"
        default: id.lowercased()
        }
    }
}

extension Message {
    /// The text for notifications behind `~`, with `┊` where a notification ends; then the blocks, with mentions behind `@`,
    /// what is bold between asterisks, buttons in brackets, and the small print behind `·`. Times, spans until a cluster runs
    /// again, digests and hashes, which differ, are always the same.
    fileprivate var asRead: String {
        var parts: [String] = []
        if blocks != [.text(summary)] {
            let line = summary.asRead.replacing("\n", with: " ⏎ ")
            let (start, rest) = (line.prefix(Self.longestNotification), line.dropFirst(Self.longestNotification))
            parts.append("~ \(start)\(rest.isEmpty ? "" : "┊")\(rest)")
        }
        parts += blocks.map { block in
            switch block {
            case .heading(let text): "# \(text)"
            case .text(let text): text.asRead
            case .facts(let facts): facts.map { "\($0.name): \($0.value.asRead)" }.joined(separator: "\n")
            case .quote(let text): "> \(text)"
            case .buttons(let buttons): buttons.map { "[\($0.label)]" }.joined(separator: " ")
            case .offers(let lines): lines.map { "(\($0.label))" }.joined(separator: " ")
            case .note(let text): "· \(text.asRead)"
            }
        }
        return parts.joined(separator: "\n")
    }

    private static let longestNotification = 90
}

extension RichText {
    fileprivate var asRead: String {
        spans.map { span in
            switch span {
            case .plain(let text): text
            case .strong(let text): "*\(text)*"
            case .code(let text): "`\(text)`"
            case .mention(_, let name), .group(_, let name): "@\(name)"
            case .channel(let channel): "#\(channel.shownName)"
            case .time: "15:08"
            case .link(_, let label): "<\(label)>"
            }
        }.joined()
            .replacing(/[0-9]+:[0-9a-f]{16}/, with: "12:0123456789abcdef")
            .replacing(/`[0-9a-f]{12}`/, with: "`0123456789ab`")
            .replacing(/after (less than a minute|[0-9]+ min)(?=, [0-9]+ nodes)/, with: "after 6 min")
    }
}
