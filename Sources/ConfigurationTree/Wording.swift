import BotCore

/// Returns `; did you mean …?`, or nothing. A word that only looks like a known one is told apart by its code point.
package func suggestion(for word: String, among known: some Sequence<String>) -> String {
    if let twin = known.first(where: { $0 != word && LookAlike.latin($0) == LookAlike.latin(word) }),
        let note = LookAlike.note(on: word) ?? LookAlike.note(on: twin)
    {
        return "; \(quoted(twin)) looks the same, but one of the two holds \(note): write both alike;"
    }
    return nearest(to: word, among: known).map { "; did you mean \(quoted($0))?" } ?? ""
}

/// Returns words as a message lists them; long lists are cut.
package func listed(_ words: some Sequence<String>) -> String {
    let all = Array(words)
    let shown = all.prefix(20).map(quoted).joined(separator: ", ")
    return all.isEmpty ? "none" : all.count > 20 ? "\(shown) and \(all.count - 20) more" : shown
}

/// Returns a text of the file for a message: in back-ticks, cut, and without characters that would break the line.
package func quoted(_ text: String) -> String {
    let visible = String(text.unicodeScalars.prefix(60)).visibleScalars.map { scalar, visibility in
        visibility == .drawn ? String(scalar) : "?"
    }
    return "`\(visible.joined())\(text.unicodeScalars.count > 60 ? "…" : "")`"
}

/// Returns a key of the file for a message. A part behind a colon or a space may be a value whose separation was
/// forgotten (`token:abc`). It may be a secret, so it is not shown.
package func quotedKey(_ key: String) -> String {
    let word = key.prefix { !":= \t".contains($0) }
    return word.count == key.count ? quoted(key) : quoted(word + "…")
}
