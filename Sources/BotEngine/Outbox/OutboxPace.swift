import BotCore

/// When the channels may get something again, by the clock that only goes forward.
struct OutboxPace {
    /// A new message.
    var newMessage: [Channel: Duration] = [:]
    /// Anything at all, edits included: what the platform asked for.
    var anything: [Channel: Duration] = [:]

    /// How long until a post may be sent; zero or less: now.
    func wait(for post: Post, now: Timestamp, uptime: Duration) -> Duration {
        let held = [anything[post.channel], post.messageID == nil ? newMessage[post.channel] : nil]
        // A clock that was set back must not hold up what waits for a moment on the old clock.
        let ownWait = post.isStranded(at: now) ? Duration.zero : post.nextTry - now
        return held.compactMap(\.self).map { $0 - uptime }.reduce(ownWait, max)
    }
}

extension Post {
    /// Whether its next try is further away than any wait is long: the clock was set back since.
    fileprivate func isStranded(at now: Timestamp) -> Bool {
        nextTry > now + (tries == 0 ? Ledger.progressWaits : OutboxWorker.longestWait)
    }
}
