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

        package var digest: String { sha256Hex(salt, "\n", text) }
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
        // Most have no texts, and a copy of an empty dictionary takes memory of its own.
        let salted = entry.texts.isEmpty ? [:] : entry.texts.mapValues { SaltedText(salt: salt(), text: $0) }
        seq = head.seq + 1
        self.entry = Self.document(entry, seq: seq, texts: salted)
        prev = head.hash
        hash = Self.hash(prev: prev, entry: self.entry)
        texts = salted
    }

    package var head: HistoryHead { HistoryHead(seq: seq, hash: hash) }

    /// SHA-256 of the previous hash, a line feed and the entry's canonical JSON.
    package static func hash(prev: String, entry: String) -> String { sha256Hex(prev, "\n", entry) }

    /// The line of an export: what was stored, joined and not encoded anew.
    package var exportLine: String {
        let shown = JSONValue.object(
            texts.mapValues { .object(["salt": .string($0.salt), "text": .string($0.text)]) }
        ).canonical
        return entry.dropLast() + #","prev":"\#(prev)","hash":"\#(hash)","texts":\#(shown)}"#
    }

    private static func document(_ entry: HistoryEntry, seq: Int, texts: [String: SaltedText]) -> String {
        var document = CanonicalWriter(capacity: usualSize)
        document.object { document in
            document.member("action", entry.action)
            document.member("actor") { actor in
                actor.object { actor in
                    actor.member("account", entry.actor.account?.description)
                    actor.member("name", entry.actor.name)
                    actor.member("person", entry.actor.person)
                }
            }
            document.member("at", entry.at.description)
            document.member("change", entry.change)
            if let cluster = entry.cluster {
                document.member("cluster") { member in
                    member.object { member in
                        member.member("id", cluster.id)
                        member.member("name", cluster.name)
                    }
                }
            } else {
                document.member("cluster", .null)
            }
            document.member("detail", .object(entry.detail))
            document.member("kind", entry.kind.rawValue)
            document.member("parameters", entry.parameters.map(JSONValue.object) ?? .null)
            document.member("policy", entry.policy)
            document.member("rule", entry.rule)
            document.member("seq", seq)
            document.member("texts_sha256", .object(texts.isEmpty ? [:] : texts.mapValues { .string($0.digest) }))
            document.member("v", 1)
        }
        return document.text
    }

    /// The size of most entries' documents, in bytes.
    private static let usualSize = 1024
}
