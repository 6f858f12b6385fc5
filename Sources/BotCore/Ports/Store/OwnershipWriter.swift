/// Writes who may write, and whether anything may be sent.
package protocol OwnershipWriter: OwnershipReader {
    /// Returns the store's fence, which counts its openings. By it an owner tells what an earlier one left from its
    /// own.
    func fence() throws -> Int
    /// Stores a hold, which stops all sending. One that is there already stays, because it was noticed first; only its
    /// ``StoreHold/fork`` is replaced by a newer one.
    func save(_ hold: StoreHold) throws
    /// Ends the hold, so that changes can be sent again. Its heads never hold this store again.
    func endHold() throws
    /// Stores whether the store may have been put back.
    func setSuspect(_ isSuspect: Bool) throws
    /// Stores the history channels of this process.
    func setHistoryChannels(_ channels: [Channel]) throws
    /// Stores the place up to which a history channel fits this store.
    func setComparedPlace(_ place: String, in channel: Channel) throws
}
