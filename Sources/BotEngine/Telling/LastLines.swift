import BotCore

/// The line at the end of each channel, if it called people a moment ago: what calls the same people again is put into it,
/// so that they are called once.
struct LastLines {
    struct Line {
        let id: String
        let message: Message
        /// The uptime at which it was posted.
        let at: Duration
    }

    private var lines: [Channel: Line] = [:]
    /// The time within which people are called once.
    private static let within = Duration.seconds(60)

    /// Returns the last line of a channel if it calls exactly these people and is not older than a minute.
    func line(calling people: Set<Account>, in channel: Channel, at uptime: Duration) -> Line? {
        guard let line = lines[channel], !people.isEmpty, line.message.mentions == people,
            uptime - line.at < Self.within
        else { return nil }
        return line
    }

    mutating func note(_ message: Message, id: String, in channel: Channel, at uptime: Duration) {
        lines = lines.filter { uptime - $0.value.at < Self.within }
        lines[channel] = message.mentions.isEmpty ? nil : Line(id: id, message: message, at: uptime)
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
