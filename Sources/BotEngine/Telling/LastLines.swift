import BotCore

/// The line at the end of each channel, if it called people a moment ago: what calls the same people again is put into it,
/// so that they are called once. Further news of the same change is a new line: who waits for how it ended must hear it.
struct LastLines {
    struct Line {
        let id: String
        let message: Message
        /// The changes that it tells of.
        let changes: Set<Int>
        /// The uptime at which it was posted.
        let at: Duration
    }

    private var lines: [Channel: Line] = [:]
    /// The time within which people are called once.
    private static let within = Duration.seconds(60)

    /// Returns the last line of a channel if it calls exactly the people whom a message about a change calls, and is not
    /// older than a minute.
    func line(for message: Message, about change: Int?, in channel: Channel, at uptime: Duration) -> Line? {
        guard let line = lines[channel], !message.mentions.isEmpty, line.message.mentions == message.mentions,
            uptime - line.at < Self.within, change.map({ !line.changes.contains($0) }) ?? true
        else { return nil }
        return line
    }

    /// Notes that a line was posted.
    mutating func note(_ message: Message, id: String, about change: Int?, in channel: Channel, at uptime: Duration) {
        lines = lines.filter { uptime - $0.value.at < Self.within }
        lines[channel] =
            message.mentions.isEmpty
            ? nil : Line(id: id, message: message, changes: Set([change].compactMap(\.self)), at: uptime)
    }

    /// Notes that a message was put into a line.
    mutating func join(_ line: Line, _ joined: Message, about change: Int?, in channel: Channel) {
        let changes = line.changes.union([change].compactMap(\.self))
        lines[channel] = Line(id: line.id, message: joined, changes: changes, at: line.at)
    }

    /// Notes that another message comes behind the last line.
    mutating func forget(_ channel: Channel) { lines[channel] = nil }
}

extension Post.Place {
    /// Whether it is a line that is posted once and never changed.
    var isLine: Bool {
        switch self {
        case .notice, .reminder: true
        case .conversation, .looking, .copy, .history: false
        }
    }

    /// Whether what it says is said nowhere else where the channel refuses it.
    var isKept: Bool {
        switch self {
        case .looking, .reminder: false
        case .conversation, .copy, .history, .notice: true
        }
    }
}
