import BotCore

/// Keeps, in uptimes, when each channel may be sent to again, and whose turn it is.
struct OutboxPace {
    struct Wait: Hashable {
        let method: ChatMethod
        let channel: Channel
    }

    struct Turn: Hashable {
        let channel: Channel
        let asker: String
    }

    /// The uptime from which on a channel may get its next new message.
    private var newMessage: [Channel: Duration] = [:]
    /// The uptime until which a platform asked to wait.
    private var waits: [Wait: Duration] = [:]
    /// The uptime at which a person's message was last sent in a channel.
    private var lastTurns: [Turn: Duration] = [:]
    /// The channels and whole platforms where something failed since backoffs there were last ended.
    private var troubled: (channels: Set<Channel>, platforms: Set<String>) = ([], [])
    private var lastRecoveries: (channels: [Channel: Duration], platforms: [String: Duration]) = ([:], [:])

    /// The time for which a turn is remembered. A person who had none for so long comes first.
    private static let remembersTurns = Duration.seconds(60)

    /// Returns how long until a post may be sent; zero or less means now.
    func wait(for post: Post, now: Timestamp, uptime: Duration) -> Duration {
        let paced = post.messageID == nil ? newMessage[post.channel] : nil
        let held = [paced, waits[Wait(method: post.method, channel: post.channel)]]
        // After a clock was set back, a post that waits for a moment on the old clock must not be held up.
        let ownWait = post.isStranded(at: now) ? Duration.zero : post.nextTry - now
        return held.compactMap(\.self).map { $0 - uptime }.reduce(ownWait, max)
    }

    /// Returns when the asker of a post had their last turn in its channel; nil if that is long ago.
    func lastTurn(of post: Post) -> Duration? { lastTurns[Turn(channel: post.channel, asker: post.asker)] }

    /// Notes that a post is sent now.
    mutating func sending(_ post: Post, at uptime: Duration, spacing: Duration) {
        if post.messageID == nil { newMessage[post.channel] = uptime + spacing }
        lastTurns = lastTurns.filter { uptime - $0.value < Self.remembersTurns }
        lastTurns[Turn(channel: post.channel, asker: post.asker)] = uptime
    }

    /// Notes that a platform asked to wait.
    mutating func hold(_ method: ChatMethod, in channel: Channel, until uptime: Duration) {
        waits[Wait(method: method, channel: channel)] = uptime
    }

    /// Notes that a message was not taken, because of its channel alone or of a cause that the whole platform shares.
    mutating func failed(in channel: Channel, concernsPlatform: Bool) {
        troubled.channels.insert(channel)
        if concernsPlatform { troubled.platforms.insert(channel.platform) }
    }

    /// The posts whose backoff ends, now that a channel took a message.
    enum Recovery: Hashable { case nobody, channel, everybody }

    /// Notes that a channel took a message, and returns which backoffs that ends. Within a minute it ends none a second
    /// time: a message that is refused for ever must not be tried with every other one.
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
    /// The platform's method that sends it.
    /// A line before a card is never edited, only removed.
    var method: ChatMethod { messageID == nil ? .post : place == .looking ? .remove : .update }

    /// Returns whether its next try is further away than the longest wait: the clock was set back since.
    fileprivate func isStranded(at now: Timestamp) -> Bool {
        nextTry > now + (tries == 0 ? ChangeRecorder.looksWithin : OutboxWorker.longestWait)
    }
}
