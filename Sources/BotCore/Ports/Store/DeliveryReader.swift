/// What can be asked about what came in, and how it was answered.
package protocol DeliveryReader {
    /// The answer that was given to a delivery; nil if it was not seen yet.
    func answer(toDelivery key: String) throws -> String?
}
