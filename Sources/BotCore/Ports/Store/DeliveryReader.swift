/// Reads deliveries and their answers.
package protocol DeliveryReader {
    /// Returns the answer that was given under an idempotency key; nil if there was no such delivery yet.
    func answer(toDelivery key: String) throws -> String?
}
