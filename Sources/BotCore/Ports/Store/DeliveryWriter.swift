/// What can be done to what came in, and how it was answered.
package protocol DeliveryWriter: DeliveryReader {
    /// Remembers the answer that was given to a delivery.
    func remember(delivery key: String, answer: String, at: Timestamp) throws
    /// Forgets deliveries that are older than anything that can still be repeated, among the next `count` behind a key, by
    /// the order of keys; at least one. Gives the key of the last that it looked at; nil at the end.
    func forgetDeliveries(before: Timestamp, after key: String, lookingAt count: Int) throws -> String?
}
