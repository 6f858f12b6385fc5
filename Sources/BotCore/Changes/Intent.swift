/// The record that a request may leave: committed before libcurl is called. At most one for a change, for ever.
package struct Intent: Hashable, Sendable {
    package let change: Int
    /// SHA-256 of the body that will be sent.
    package let bodyDigest: String
    /// The compared fields as the last read before the sending showed them, as canonical JSON.
    package let before: String
    /// Past this moment the request must not begin to leave.
    package let sendBy: Timestamp
    /// For the record: past this moment whoever sends it is taken for lost, and the outcome for unknown. A running process goes
    /// by its uptime, and the next one takes everything that is `sending` for lost.
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
}
