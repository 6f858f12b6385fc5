import BotCore

/// The line at the end of each channel, if it called people a moment ago: what calls only those is put into it, and what
/// calls others, too, is a new line that has those by name alone. So everybody is called once. Further news of the same
/// change is a new line with all its calls: who waits for how it ended must hear it.
struct LastLines {
    struct Line {
        let id: String
        let message: Message
        /// The changes of which it tells, and those of the lines before it that called somebody whom it has by name alone.
        let changes: Set<Int>
        /// The uptime at which each was called whom it calls, or has by name alone.
        let called: [RichText.Span: Duration]
    }

    private var lines: [Channel: Line] = [:]
    /// The time within which people are called once.
    private static let within = Duration.seconds(60)

    /// Returns the last line of a channel if everybody whom a message about a change calls was called there less than a
    /// minute ago.
    func line(for message: Message, about change: Int?, in channel: Channel, at uptime: Duration) -> Line? {
        guard let line = lines[channel], !message.calls.isEmpty,
            message.calls.isSubset(of: calledLately(before: change, in: channel, at: uptime).keys)
        else { return nil }
        return line
    }

    /// Returns a message as a new line behind the last one of a channel: without calls to those who were called there less
    /// than a minute ago.
    func withoutCallingAgain(
        _ message: Message,
        about change: Int?,
        in channel: Channel,
        at uptime: Duration
    ) -> Message {
        message.naming(Set(calledLately(before: change, in: channel, at: uptime).keys))
    }

    /// Notes that a line was posted.
    /// - Parameter message: the line with all its calls, also those that were left out.
    mutating func note(_ message: Message, id: String, about change: Int?, in channel: Channel, at uptime: Duration) {
        let earlier = calledLately(before: change, in: channel, at: uptime).filter { message.calls.contains($0.key) }
        let changes = earlier.isEmpty ? [] : lines[channel]?.changes ?? []
        let called = Dictionary(uniqueKeysWithValues: message.calls.map { ($0, earlier[$0] ?? uptime) })
        lines = lines.filter { line in line.value.called.values.contains { uptime - $0 < Self.within } }
        lines[channel] =
            called.isEmpty
            ? nil
            : Line(
                id: id,
                message: message.naming(Set(earlier.keys)),
                changes: changes.union([change].compactMap(\.self)),
                called: called
            )
    }

    /// Notes that a message was put into a line.
    mutating func join(_ line: Line, _ joined: Message, about change: Int?, in channel: Channel) {
        let changes = line.changes.union([change].compactMap(\.self))
        lines[channel] = Line(id: line.id, message: joined, changes: changes, called: line.called)
    }

    /// Those whom the last line of a channel called, or had by name because they had been called, less than a minute ago,
    /// with when that was; nobody if that was about the same change.
    private func calledLately(
        before change: Int?,
        in channel: Channel,
        at uptime: Duration
    ) -> [RichText.Span: Duration] {
        guard let line = lines[channel], change.map({ !line.changes.contains($0) }) ?? true else { return [:] }
        return line.called.filter { uptime - $0.value < Self.within }
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
