import FoundationEssentials

/// Slack's rate limits: each key has a bucket that fills steadily and is emptied one call at a time.
struct SlackRateLimiter {
    private struct Bucket {
        var tokens: Double
        var filledAt: Date
    }

    private var buckets: [String: Bucket] = [:]

    /// Takes one call out of a bucket.
    ///
    /// - Returns: nil if it was there; otherwise the whole seconds after which one will be.
    mutating func take(_ key: String, capacity: Int, perSecond: Double, at now: Date) -> Int? {
        var bucket = buckets[key] ?? Bucket(tokens: Double(capacity), filledAt: now)
        let passed = max(0, now.timeIntervalSince(bucket.filledAt))
        bucket.tokens = min(Double(capacity), bucket.tokens + passed * perSecond)
        bucket.filledAt = now
        defer { buckets[key] = bucket }
        guard bucket.tokens < 1 else {
            bucket.tokens -= 1
            return nil
        }
        return max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up)))
    }
}
