import BotCore

/// One delivery, with what its idempotency key is made of.
struct SlackDelivery {
    let body: [UInt8]
    let signedAt: Timestamp
    /// The id of the request in the log.
    let request: String?

    private static let longestCount = 20

    /// Returns the idempotency key, which is the same for every redelivery of the same bytes. A trigger id occurs once,
    /// so bytes with one identify a delivery by themselves; others need the time of their signature, too.
    func key(trigger: String?) -> String {
        guard let trigger, !trigger.isEmpty else {
            return "slack:" + sha256Hex(Array("\(signedAt.seconds).".utf8) + body)
        }
        // The number that Slack counts up stands in front, so that new keys lie side by side in the store's index.
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let count = String(trigger.utf8.prefix(Self.longestCount).prefix(while: digits.contains)) ?? ""
        return "slack:\(count):" + sha256Hex(body)
    }
}
