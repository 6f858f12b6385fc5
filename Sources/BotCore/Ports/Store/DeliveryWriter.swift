/// Writes deliveries and their answers.
package protocol DeliveryWriter: DeliveryReader {
    /// Stores the answer that was given under an idempotency key.
    func remember(delivery key: String, answer: String, at: Timestamp) throws
    /// Forgets deliveries that came before a moment, the oldest first, at most `limit`. Returns how many it forgot:
    /// fewer than `limit` if no more are left.
    func forgetDeliveries(olderThan moment: Timestamp, limit: Int) throws -> Int
}
