/// What can be done to what came in, and how it was answered.
package protocol DeliveryWriter: DeliveryReader {
    /// Remembers the answer that was given to a delivery.
    func remember(delivery key: String, answer: String, at: Timestamp) throws
    /// Forgets deliveries that came before a moment, the oldest first, at most `limit`. Gives how many it forgot: fewer than
    /// `limit` where no more are left.
    func forgetDeliveries(olderThan moment: Timestamp, limit: Int) throws -> Int
}
