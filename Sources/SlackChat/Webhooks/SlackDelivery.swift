import BotCore

/// What identifies one delivery.
struct SlackDelivery {
    let body: [UInt8]
    let signedAt: Timestamp
    /// What the request is called in the log.
    let request: String?

    private static let longestCount = 20

    /// The same for every repetition of the same bytes. A trigger id occurs once, so that bytes that hold one name a
    /// delivery by themselves; others are told apart by when they were signed.
    func key(trigger: String?) -> String {
        guard let trigger, !trigger.isEmpty else {
            return "slack:" + sha256Hex(Array("\(signedAt.seconds).".utf8) + body)
        }
        // In front what Slack counts up, so that the store finds the place of a new one beside the one before.
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let count = String(trigger.utf8.prefix(Self.longestCount).prefix(while: digits.contains)) ?? ""
        return "slack:\(count):" + sha256Hex(body)
    }
}
