import BotCore

/// Returns `; did you mean …?`, or nothing. A word that only looks like a known one is told apart by its code point.
package func suggestion(for word: String, among known: some Sequence<String>) -> String {
    if let twin = known.first(where: { $0 != word && LookAlike.latin($0) == LookAlike.latin(word) }),
        let note = LookAlike.note(on: word) ?? LookAlike.note(on: twin)
    {
        return "; \(quoted(twin)) looks the same, but one of the two holds \(note): write both alike;"
    }
    // Names such as those of time zones differ in more than one capital.
    let sameLetters = known.first { $0 != word && $0.lowercased() == word.lowercased() }
    return (sameLetters ?? nearest(to: word, among: known)).map { "; did you mean \(quoted($0))?" } ?? ""
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

/// Returns a message with only the beginning of what looks like a token: a chat platform's, or a JSON web token, as the
/// cluster API's are. It stands at a wrong place then, where any other text is shown.
func withoutTokens(_ message: String) -> String {
    message.replacing(/(xox[a-z](?:\.xox[a-z])?-|xapp-|eyJ(?=[A-Za-z0-9_-]{12}))[A-Za-z0-9._-]+…?/) { "\($0.1)…" }
}

/// Returns a key of the file for a message. A part behind a colon or a space may be a value whose separation was
/// forgotten (`token:abc`). It may be a secret, so it is not shown.
package func quotedKey(_ key: String) -> String {
    let word = key.prefix { !":= \t".contains($0) }
    return word.count == key.count ? quoted(key) : quoted(word + "…")
}
