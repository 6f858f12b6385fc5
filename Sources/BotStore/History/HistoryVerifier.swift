import BotCore

/// Checks the stored history from its first entry to its last: nothing changed, removed, added between, or out of order.
package struct HistoryVerifier: Sendable {
    /// The result of the check.
    package enum Verdict: Hashable, Sendable {
        /// Everything fits. An outside witness should remember `head`.
        case intact(count: Int, head: HistoryHead)
        /// An entry does not fit: the number of the first one, and what is wrong with it.
        case broken(seq: Int, reason: String)
    }

    /// A head that somebody saw outside the store, as `41:9f8e7d6c5b4a3f2e`. A history that was cut off or rewritten
    /// does not match it.
    package struct Expectation: Hashable, Sendable {
        package let seq: Int
        /// The first digits of the hash.
        package let hash: String

        /// The fewest digits of a hash. With fewer, another history with the same digits would be too easy to find.
        package static let fewestDigits = 12

        /// Creates the expectation of a head; nil for the start of a history, which every history has.
        package init?(_ head: HistoryHead) {
            guard head.seq > 0 else { return nil }
            seq = head.seq
            hash = head.hash
        }

        /// Reads `SEQ:HASH`; nil for anything else, and for fewer digits than ``fewestDigits``.
        package init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].allSatisfy({ $0.isASCII && $0.isNumber }), let seq = Int(parts[0]), seq > 0
            else {
                return nil
            }
            let hash = parts[1].lowercased()
            let digits = Set("0123456789abcdef")
            guard (Self.fewestDigits...64).contains(hash.count), hash.allSatisfy(digits.contains) else { return nil }
            self.seq = seq
            self.hash = hash
        }
    }

    /// The rows that are read at once: enough to be quick, and few enough not to hold up checkpoints of the write-ahead
    /// log.
    private static let pageSize = 500

    private let store: any HistoryInspection

    package init(_ store: any HistoryInspection) {
        self.store = store
    }

    /// Reads and checks the whole history, in pages, with the entries that are added meanwhile.
    /// - Throws: what reading throws; a row that cannot even be read is ``StoreError/Code/corrupt``.
    package func verify(expecting expectation: Expectation? = nil) async throws -> Verdict {
        var head = HistoryHead.start
        // Begins below the first number, so that no row can hide there.
        var position = Int.min
        while true {
            let page = try await store.storedHistory(after: position, limit: Self.pageSize)
            for row in page {
                if let reason = row.misfit(after: head) { return .broken(seq: head.seq + 1, reason: reason) }
                head = row.chained.head
                if let expectation, expectation.seq == head.seq, !head.hash.hasPrefix(expectation.hash) {
                    return .broken(
                        seq: head.seq,
                        reason:
                            "its hash begins with \(head.hash.prefix(16)), not with the expected \(expectation.hash): "
                            + "the history was rewritten"
                    )
                }
            }
            if page.count < Self.pageSize { break }
            position = head.seq
        }
        if let expectation, expectation.seq > head.seq {
            return .broken(
                seq: head.seq + 1,
                reason: "the history ends before it, but entry \(expectation.seq) was seen: the end was cut off"
            )
        }
        return .intact(count: head.seq, head: head)
    }
}
