/// A place in the chain: the number of an entry and its hash.
package struct HistoryHead: Hashable, Sendable {
    package let seq: Int
    /// The entry's hash: 64 lower-case hexadecimal digits.
    package let hash: String

    package init(seq: Int, hash: String) {
        self.seq = seq
        self.hash = hash
    }

    /// The head to which the first entry is chained.
    package static let start = HistoryHead(seq: 0, hash: String(repeating: "0", count: 64))

    /// The form with which result messages end: `41:9f8e7d6c5b4a3f2e`.
    package var short: String { "\(seq):\(hash.prefix(16))" }
}
