/// Reads what was offered.
package protocol OfferReader {
    /// Returns an offer by its handle; nil if there is none, or none any more.
    func offer(_ handle: String) throws -> Offer?
    /// Returns the newest offer to ask a change again; nil if there is none.
    func offer(toAskAgain change: Int) throws -> Offer?
}
