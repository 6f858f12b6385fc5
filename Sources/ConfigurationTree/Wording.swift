import BotCore

/// `; did you mean …?`, or nothing.
package func suggestion(for word: String, among known: some Sequence<String>) -> String {
    nearest(to: word, among: known).map { "; did you mean \(quoted($0))?" } ?? ""
}

/// `a`, `b` and so on as a message lists them; long lists are cut.
package func listed(_ words: some Sequence<String>) -> String {
    let all = Array(words)
    let shown = all.prefix(20).map(quoted).joined(separator: ", ")
    return all.isEmpty ? "none" : all.count > 20 ? "\(shown) and \(all.count - 20) more" : shown
}

/// A text of the file inside a message: marked as such, cut, and without what would break the line.
package func quoted(_ text: String) -> String {
    let visible = String(text.unicodeScalars.prefix(60)).visibleScalars.map { scalar, visibility in
        visibility == .drawn ? String(scalar) : "?"
    }
    return "`\(visible.joined())\(text.unicodeScalars.count > 60 ? "…" : "")`"
}

/// A key of the file inside a message. Behind a colon or a space may stand a value whose separation was forgotten
/// (`token:abc`), and that value may be a secret: it is not shown.
package func quotedKey(_ key: String) -> String {
    let word = key.prefix { !":= \t".contains($0) }
    return word.count == key.count ? quoted(key) : quoted(word + "…")
}
