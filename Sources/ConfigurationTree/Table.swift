import BotCore

/// A table whose keys have been checked against its shape.
package struct Table {
    package let place: Place
    private let shape: TableShape
    private let entries: [String: YAMLNode.Entry]
    private let log: ProblemLog
    /// The keys that unknown ones were probably meant to be.
    private var misspelt: Set<String> = []

    /// Takes the entries, and logs every key that does not belong here.
    package init(_ entries: [YAMLNode.Entry], at place: Place, _ shape: TableShape, _ log: ProblemLog) {
        self.place = place
        self.shape = shape
        self.log = log
        self.entries = Dictionary(entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        for entry in entries where !shape.keys.contains(entry.key) {
            // No known key has a digit in it. A key with one may be a secret in the place of a table.
            let name = entry.key.contains(where: \.isNumber) ? "here" : quotedKey(entry.key)
            if shape.later.contains(entry.key) {
                log.problem(entry.place, "\(name) is not supported yet; remove it")
            } else if entry.key == "<<" {
                log.problem(entry.place, "merge keys (`<<`) are not used here; write the keys out")
            } else {
                let missing = shape.keys.filter { self.entries[$0] == nil }
                if let meant = nearest(to: LookAlike.latin(entry.key), among: missing) { misspelt.insert(meant) }
                let hint = suggestion(for: entry.key, among: shape.keys)
                let keys = "keys of \(shape.title) are \(listed(shape.keys))"
                log.problem(entry.place, "unknown key \(name)\(hint.isEmpty ? ";" : hint) \(keys)")
            }
        }
    }

    package func has(_ key: String) -> Bool { entries[key] != nil }

    /// Whether a key is not there, and an unknown one was probably meant to be it. Its absence needs no second message.
    package func isMisspelt(_ key: String) -> Bool { misspelt.contains(key) }

    /// Returns the place of a key; that of the table if the key is not there.
    package func place(of key: String) -> Place { entries[key]?.place ?? place }

    /// Returns the value of a key, if the key is there.
    package func field(_ key: String) -> Field? {
        entries[key].map { Field(name: quoted(key), keyPlace: $0.place, node: $0.value, log: log) }
    }

    /// Returns the value of a key that must be there; logs a problem if it is not.
    package func required(_ key: String, _ example: String) -> Field? {
        if let field = field(key) { return field }
        guard !isMisspelt(key) else { return nil }
        log.problem(place, "the key `\(key)` is missing in \(shape.title); add `\(key): \(example)`")
        return nil
    }
}
