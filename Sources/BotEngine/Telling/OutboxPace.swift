import BotCore

/// When something may be sent again, by the clock that only goes forward, and whose turn it is.
struct OutboxPace {
    struct Wait: Hashable {
        let method: ChatMethod
        let channel: Channel
    }

    struct Turn: Hashable {
        let channel: Channel
        let asker: String
    }

    /// When a channel may get the next new message.
    private var newMessage: [Channel: Duration] = [:]
    /// When a platform takes something again, where it asked to wait.
    private var waits: [Wait: Duration] = [:]
    /// When somebody's message was sent last.
    private var lastTurns: [Turn: Duration] = [:]
    /// Where something was not taken since others were last let try again: channels, and whole platforms.
    private var troubled: (channels: Set<Channel>, platforms: Set<String>) = ([], [])
    private var lastRecoveries: (channels: [Channel: Duration], platforms: [String: Duration]) = ([:], [:])

    /// How long it is remembered who had a turn. Whoever had none for so long comes first.
    private static let remembersTurns = Duration.seconds(60)

    /// How long until a post may be sent; zero or less: now.
    func wait(for post: Post, now: Timestamp, uptime: Duration) -> Duration {
        let paced = post.messageID == nil ? newMessage[post.channel] : nil
        let held = [paced, waits[Wait(method: post.method, channel: post.channel)]]
        // A clock that was set back must not hold up what waits for a moment on the old clock.
        let ownWait = post.isStranded(at: now) ? Duration.zero : post.nextTry - now
        return held.compactMap(\.self).map { $0 - uptime }.reduce(ownWait, max)
    }

    /// When the asker of a post had their last turn in its channel; nil if that is long ago.
    func lastTurn(of post: Post) -> Duration? { lastTurns[Turn(channel: post.channel, asker: post.asker)] }

    /// A post is sent now.
    mutating func sending(_ post: Post, at uptime: Duration, spacing: Duration) {
        if post.messageID == nil { newMessage[post.channel] = uptime + spacing }
        lastTurns = lastTurns.filter { uptime - $0.value < Self.remembersTurns }
        lastTurns[Turn(channel: post.channel, asker: post.asker)] = uptime
    }

    /// A platform asked to wait.
    mutating func hold(_ method: ChatMethod, in channel: Channel, until uptime: Duration) {
        waits[Wait(method: method, channel: channel)] = uptime
    }

    /// Something was not taken: because of its channel alone, or of something that all channels of the platform share.
    mutating func failed(in channel: Channel, concernsPlatform: Bool) {
        troubled.channels.insert(channel)
        if concernsPlatform { troubled.platforms.insert(channel.platform) }
    }

    /// Who waits for their next try and need not, now that something was taken in a channel.
    enum Recovery: Hashable { case nobody, channel, everybody }

    /// What a success ends. Not again at once: one message that is refused for ever must not be tried with every other.
    mutating func succeeded(in channel: Channel, at uptime: Duration) -> Recovery {
        let isSoonAgain = { (last: Duration?) in last.map { uptime - $0 < Self.betweenRecoveries } ?? false }
        if troubled.platforms.contains(channel.platform), !isSoonAgain(lastRecoveries.platforms[channel.platform]) {
            lastRecoveries.platforms[channel.platform] = uptime
            troubled.platforms.remove(channel.platform)
            return .everybody
        }
        guard troubled.channels.contains(channel), !isSoonAgain(lastRecoveries.channels[channel]) else {
            return .nobody
        }
        lastRecoveries.channels = lastRecoveries.channels.filter { isSoonAgain($0.value) }
        lastRecoveries.channels[channel] = uptime
        troubled.channels.remove(channel)
        return .channel
    }

    private static let betweenRecoveries = Duration.seconds(60)
}

extension Post {
    /// What sending it does at the platform.
    var method: ChatMethod { messageID == nil ? .post : .update }

    /// Whether its next try is further away than any wait is long: the clock was set back since.
    fileprivate func isStranded(at now: Timestamp) -> Bool {
        nextTry > now + (tries == 0 ? ChangeRecorder.progressWaits : OutboxWorker.longestWait)
    }
}
