/// An entry in its place: what the store keeps and exports print, byte for byte.
package struct ChainedEntry: Hashable, Sendable {
    /// A text with the salt that its digest in the chained part was made with.
    package struct SaltedText: Hashable, Sendable {
        package let salt: String
        package let text: String

        package init(salt: String, text: String) {
            self.salt = salt
            self.text = text
        }

        package var digest: String { sha256Hex("\(salt)\n\(text)") }
    }

    package let seq: Int
    /// The chained part as canonical JSON.
    package let entry: String
    package let prev: String
    package let hash: String
    /// The texts that are still there; one that was removed is missing here while its digest stays in the entry.
    package let texts: [String: SaltedText]

    package init(seq: Int, entry: String, prev: String, hash: String, texts: [String: SaltedText]) {
        self.seq = seq
        self.entry = entry
        self.prev = prev
        self.hash = hash
        self.texts = texts
    }

    /// Chains an entry to the head.
    /// - Parameter salt: makes 32 hexadecimal digits that nobody can guess, anew for each text.
    package init(_ entry: HistoryEntry, after head: HistoryHead, salt: () -> String) {
        let salted = entry.texts.mapValues { SaltedText(salt: salt(), text: $0) }
        seq = head.seq + 1
        self.entry = Self.document(entry, seq: seq, texts: salted)
        prev = head.hash
        hash = Self.hash(prev: prev, entry: self.entry)
        texts = salted
    }

    package var head: HistoryHead { HistoryHead(seq: seq, hash: hash) }

    /// SHA-256 of the previous hash, a line feed and the entry's canonical JSON.
    package static func hash(prev: String, entry: String) -> String { sha256Hex("\(prev)\n\(entry)") }

    /// The line of an export: what was stored, joined and not encoded anew.
    package var exportLine: String {
        let shown = JSONValue.object(
            texts.mapValues { .object(["salt": .string($0.salt), "text": .string($0.text)]) }
        ).canonical
        return entry.dropLast() + #","prev":"\#(prev)","hash":"\#(hash)","texts":\#(shown)}"#
    }

    private static func document(_ entry: HistoryEntry, seq: Int, texts: [String: SaltedText]) -> String {
        let actor = JSONValue.object([
            "person": .optional(entry.actor.person),
            "account": .optional(entry.actor.account?.description),
            "name": .string(entry.actor.name),
        ])
        return JSONValue.canonical(sorted: [
            ("action", .optional(entry.action)),
            ("actor", actor),
            ("at", .string(entry.at.description)),
            ("change", .optional(entry.change)),
            ("cluster", entry.cluster.map { .object(["id": .int($0.id), "name": .string($0.name)]) } ?? .null),
            ("detail", .object(entry.detail)),
            ("kind", .string(entry.kind.rawValue)),
            ("parameters", entry.parameters.map(JSONValue.object) ?? .null),
            ("policy", .optional(entry.policy)),
            ("rule", .optional(entry.rule)),
            ("seq", .int(seq)),
            ("texts_sha256", .object(texts.mapValues { .string($0.digest) })),
            ("v", .int(1)),
        ])
    }
}
