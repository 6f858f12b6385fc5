import BotCore

/// A row of the history: the chained entry, and the columns beside it that repeat a part of it for searching.
package struct StoredEntry: Hashable, Sendable {
    package let chained: ChainedEntry
    package let at: Timestamp
    package let kind: String
    package let change: Int?
    /// The cluster's id.
    package let cluster: Int?

    package init(chained: ChainedEntry, at: Timestamp, kind: String, change: Int?, cluster: Int?) {
        self.chained = chained
        self.at = at
        self.kind = kind
        self.change = change
        self.cluster = cluster
    }

    func with(texts: [String: ChainedEntry.SaltedText]) -> StoredEntry {
        let entry = ChainedEntry(
            seq: chained.seq,
            entry: chained.entry,
            prev: chained.prev,
            hash: chained.hash,
            texts: texts
        )
        return StoredEntry(chained: entry, at: at, kind: kind, change: change, cluster: cluster)
    }

    /// Returns why the row does not belong after `head`; nil if it does.
    func misfit(after head: HistoryHead) -> String? {
        guard chained.seq == head.seq + 1 else { return "it is missing; the next row has the number \(chained.seq)" }
        guard chained.prev == head.hash else { return "it is not chained to the entry before it" }
        guard chained.hash == ChainedEntry.hash(prev: chained.prev, entry: chained.entry) else {
            return "its content does not match its hash"
        }
        guard let entry = try? JSONValue(parsing: chained.entry), entry.canonical == chained.entry, entry["v"]?.int == 1
        else { return "it is not written as clusterbot writes entries" }
        let repeated: [(name: String, isSame: Bool)] = [
            ("seq", entry["seq"]?.int == chained.seq),
            ("at", entry["at"]?.string == at.description),
            ("kind", entry["kind"]?.string == kind),
            ("change", entry["change"] == .optional(change)),
            ("cluster", (entry["cluster"]?["id"] ?? .null) == .optional(cluster)),
        ]
        if let column = repeated.first(where: { !$0.isSame }) {
            return "its column `\(column.name)` says something else"
        }
        let digests = entry["texts_sha256"]?.object ?? [:]
        let changed = chained.texts.filter { digests[$0.key]?.string != $0.value.digest }.keys.min()
        return changed.map { "its text `\($0)` was changed" }
    }
}
