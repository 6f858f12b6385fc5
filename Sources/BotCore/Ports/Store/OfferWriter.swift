/// Writes what is offered.
package protocol OfferWriter: OfferReader {
    func insert(_ offer: Offer) throws
    /// Forgets offers that were made before a moment.
    func forgetOffers(madeBefore moment: Timestamp) throws
}
