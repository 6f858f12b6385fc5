import BotCore
import TestSupport

/// The simulated chat platform: keeps every message with every edit.
final class Rooms: @unchecked Sendable {
    struct Posted {
        let id: String
        let channel: Channel
        let subject: Subject
        var versions: [Message]
        let at: Int
        var changedAt: Int
        var isGone = false
        /// Whether it was last edited by a process that no longer owned the store: what is on its way cannot be called back.
        var isOverwritten = false
    }

    /// What a message is about.
    struct Subject: Hashable {
        let change: Int
        /// The history entry that it tells; nil for the message that shows the change.
        let entry: Int?
        /// The kind of line that it is besides these: `looking` or `reminder`.
        var line: String?
    }

    private unowned let world: World
    private(set) var posts: [Posted] = []
    private(set) var told: [(account: Account, text: String)] = []
    private(set) var closed: Set<Channel> = []
    private var downUntil = 0

    init(_ world: World) { self.world = world }

    var isDown: Bool { world.scheduler.uptime < downUntil }

    func isClosed(_ channel: Channel) -> Bool { closed.contains(channel) }

    func goDown(for span: Int) { downUntil = max(downUntil, world.scheduler.uptime + span) }

    /// The bot is thrown out of a channel; mostly somebody invites it again.
    func close(_ channel: Channel) {
        guard channel != .log, closed.insert(channel).inserted else { return }
        world.trace("\(channel.id) is closed to the bot")
        guard world.random.happens(0.8) else { return }
        world.scheduler.after(world.random.between(5, 300).seconds, of: .world) { [unowned self] in
            closed.remove(channel)
        }
    }

    func calmDown() { downUntil = 0 }

    func post(_ message: Message, in channel: Channel, from life: Life) -> String {
        let id = "m\(posts.count + 1)"
        let subject = message.subject
        let posted = Posted(
            id: id,
            channel: channel,
            subject: subject,
            versions: [message],
            at: world.scheduler.uptime,
            changedAt: world.scheduler.uptime
        )
        world.trace("posted \(id) in \(channel.id): \(message.summary.plain)")
        world.checker.posted(posted, before: posts, from: life)
        posts.append(posted)
        see(message, in: channel)
        return id
    }

    /// False if there is no such message any more.
    func update(_ id: String, _ message: Message, from life: Life) -> Bool {
        guard let index = posts.firstIndex(where: { $0.id == id }), !posts[index].isGone else { return false }
        posts[index].versions.append(message)
        posts[index].changedAt = world.scheduler.uptime
        posts[index].isOverwritten = life.number != world.lives
        world.trace("edited \(id): \(message.summary.plain)")
        world.checker.edited(posts[index], from: life)
        see(message, in: posts[index].channel)
        return true
    }

    /// What is offered to everybody asks for the change of the message once more.
    private func see(_ message: Message, in channel: Channel) {
        let change = message.identity?.change.flatMap(world.disk.state.change)
        let meaning = change.map {
            Crowd.Meaning(cluster: $0.cluster.id, action: $0.action, arguments: $0.arguments)
        }
        world.crowd.see(message, by: nil, in: channel, meaning: meaning)
    }

    func remove(_ id: String) {
        for index in posts.indices where posts[index].id == id { posts[index].isGone = true }
    }

    func tell(_ account: Account, _ message: Message, in channel: Channel) {
        told.append((account, message.summary.plain))
        world.crowd.see(message, by: account, in: channel)
    }

    /// The newest messages that carry buttons now.
    func buttons(newest count: Int) -> [Posted] {
        posts.suffix(count).filter { !$0.isGone && $0.versions.last?.buttons.isEmpty == false }
    }
}

extension Message {
    var buttons: [Button] {
        blocks.flatMap { block -> [Button] in if case .buttons(let buttons) = block { buttons } else { [] } }
    }

    /// All its text, with its blocks.
    var wholeText: String {
        ([summary.plain]
            + blocks.map { block in
                switch block {
                case .heading(let text), .quote(let text): text
                case .text(let text), .note(let text): text.plain
                case .facts(let facts): facts.map { "\($0.name): \($0.value.plain)" }.joined(separator: "\n")
                case .buttons(let buttons): buttons.map(\.label).joined(separator: " ")
                case .offers(let lines): lines.map { "(\($0.label))" }.joined(separator: " ")
                }
            }).joined(separator: "\n")
    }

    var subject: Rooms.Subject {
        let entry: Int? = if case .entry(let seq)? = identity?.part { seq } else { nil }
        let line: String? =
            switch identity?.part {
            case .looking: "looking"
            case .reminder: "reminder"
            case .entry, .revision, nil: nil
            }
        return Rooms.Subject(change: identity?.change ?? 0, entry: entry, line: line)
    }

    /// The first number after `#`.
    var changeNumber: Int? { numbers.first ?? nil }

    /// Whether its line for notifications has the number of a change. It may have that of another one, too, behind which this
    /// one waits.
    func names(_ change: Int) -> Bool { numbers.contains(change) }

    private var numbers: [Int?] {
        summary.plain.split(separator: "#", omittingEmptySubsequences: false).dropFirst()
            .map { Int($0.prefix { $0.isNumber }) }
    }
}
