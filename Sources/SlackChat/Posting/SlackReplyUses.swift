import BotCore

/// Counts how often each `response_url` was used. Slack takes five messages within 30 minutes and counts them itself,
/// too: after a restart or a reload, which forget this count, Slack refuses the sixth.
actor SlackReplyUses {
    static let most = 5
    static let lifetime = Duration.seconds(30 * 60)

    private struct Uses {
        var count = 0
        let since: Duration
    }

    private let clock: any BotClock
    /// The uses by the URL's digest: the URL itself is a secret, and this list outlives the requests.
    private var uses: [String: Uses] = [:]

    init(clock: any BotClock) { self.clock = clock }

    /// Counts one use. Returns false if none is left.
    func take(_ url: SlackResponseURL) -> Bool {
        let now = clock.uptime
        // An address is forgotten after twice its lifetime, when it has expired at Slack, too.
        uses = uses.filter { now - $0.value.since < Self.lifetime * 2 }
        let key = sha256Hex(url.text)
        let known = uses[key] ?? Uses(since: now)
        guard known.count < Self.most, now - known.since <= Self.lifetime else { return false }
        uses[key] = Uses(count: known.count + 1, since: known.since)
        return true
    }

    /// Gives back a use that certainly never reached Slack.
    func giveBack(_ url: SlackResponseURL) {
        uses[sha256Hex(url.text)]?.count -= 1
    }
}
