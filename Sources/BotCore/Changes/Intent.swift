/// The record that a request may leave, committed before libcurl is called. A change has at most one, for ever.
package struct Intent: Hashable, Sendable {
    package let change: Int
    /// The SHA-256 of the body that will be sent.
    package let bodyDigest: String
    /// The compared fields as the last read before the sending showed them, as canonical JSON.
    package let before: String
    /// The send-by time: after it the request must not begin to leave.
    package let sendBy: Timestamp
    /// The end of the lease: after it the sending is taken for lost, and the outcome for unknown. The process that
    /// sends goes by its own uptime, any other by this moment.
    package let leaseUntil: Timestamp
    /// The fence of the process that committed it; see ``StoreWriter/fence()``.
    package let fence: Int
    package let startedAt: Timestamp
    /// The moment when the attempt ended, whatever its outcome.
    package var endedAt: Timestamp?
    /// A sentence that says what the transport and the reply showed.
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

    /// Returns whether nobody can be sending it any more: its sender no longer owns the store, or its lease is over.
    /// - Parameters:
    ///   - fence: the fence of the present owner.
    ///   - now: the wall clock, as in ``leaseUntil``.
    package func isLost(toOwnerWith fence: Int, at now: Timestamp) -> Bool { self.fence < fence || leaseUntil <= now }
}
