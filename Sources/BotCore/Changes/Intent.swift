/// The record that a request may leave: committed before libcurl is called. At most one for a change, for ever.
package struct Intent: Hashable, Sendable {
    package let change: Int
    /// SHA-256 of the body that will be sent.
    package let bodyDigest: String
    /// The compared fields as the last read before the sending showed them, as canonical JSON.
    package let before: String
    /// Past this moment the request must not begin to leave.
    package let sendBy: Timestamp
    /// Past this moment whoever sends it is taken for lost, and the outcome for unknown. The process that sends it goes by its
    /// own uptime, any other by this.
    package let leaseUntil: Timestamp
    /// The opening of the store in which it was committed; see ``StoreWriter/fence()``.
    package let fence: Int
    package let startedAt: Timestamp
    /// When the attempt ended, whatever the outcome.
    package var endedAt: Timestamp?
    /// What the transport and the reply showed, in a sentence.
    package var evidence: String?

    package init(
        change: Int,
        bodyDigest: String,
        before: String,
        sendBy: Timestamp,
        leaseUntil: Timestamp,
        fence: Int,
        startedAt: Timestamp
    ) {
        self.change = change
        self.bodyDigest = bodyDigest
        self.before = before
        self.sendBy = sendBy
        self.leaseUntil = leaseUntil
        self.fence = fence
        self.startedAt = startedAt
    }

    /// Whether nobody can be sending it any more: its sender no longer owns the store, or had its time.
    /// - Parameters:
    ///   - fence: the owner's that asks.
    ///   - now: by the same clock as ``leaseUntil``.
    package func isLost(toOwnerWith fence: Int, at now: Timestamp) -> Bool { self.fence < fence || leaseUntil <= now }
}
