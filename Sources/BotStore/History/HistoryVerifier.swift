import BotCore

/// Checks the stored history from its first entry to its last: nothing changed, removed, added between, or out of order.
package struct HistoryVerifier: Sendable {
    /// What the check found.
    package enum Verdict: Hashable, Sendable {
        /// Everything fits. `head` is what an outside witness should remember.
        case intact(count: Int, head: HistoryHead)
        /// The number of the first entry that does not fit, and what is wrong with it.
        case broken(seq: Int, reason: String)
    }

    /// A head that somebody saw outside the store, as `41:9f8e7d6c5b4a3f2e`: what a cut or rewritten history cannot match.
    package struct Expectation: Hashable, Sendable {
        package let seq: Int
        /// The first digits of the hash.
        package let hash: String

        /// Fewer digits would be too easy to find another history for.
        package static let fewestDigits = 12

        /// Nil for the start of a history, which every history goes through.
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

    /// So many rows are read at once: enough to be quick, few enough not to keep the log from being emptied.
    private static let pageSize = 500

    private let store: any HistoryInspection

    package init(_ store: any HistoryInspection) {
        self.store = store
    }

    /// Reads the whole history, in pages. Entries that are added meanwhile are checked too.
    /// - Throws: what reading throws; a row that cannot even be read is ``StoreError/Code/corrupt``.
    package func verify(expecting expectation: Expectation? = nil) async throws -> Verdict {
        var head = HistoryHead.start
        // From below the first entry on, so that no row can hide there.
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
