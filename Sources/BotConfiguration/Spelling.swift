/// The known word that somebody probably meant; nil if none is close.
func nearest(to word: String, among known: some Sequence<String>) -> String? {
    let typed = Array(word.lowercased())
    guard typed.count <= 64 else { return nil }
    let allowed = typed.count < 4 ? 1 : max(2, typed.count / 3)
    let ranked = known.map { (word: $0, distance: distance(typed, Array($0.lowercased()))) }
    return ranked.filter { $0.distance <= allowed }.min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
}

/// `; did you mean …?`, or nothing.
func suggestion(for word: String, among known: some Sequence<String>) -> String {
    nearest(to: word, among: known).map { "; did you mean \(quoted($0))?" } ?? ""
}

/// `a`, `b` and so on as a message lists them; long lists are cut.
func listed(_ words: some Sequence<String>) -> String {
    let all = Array(words)
    let shown = all.prefix(20).map(quoted).joined(separator: ", ")
    return all.isEmpty ? "none" : all.count > 20 ? "\(shown) and \(all.count - 20) more" : shown
}

/// A text of the file inside a message: marked as such, cut, and without what would break the line.
func quoted(_ text: String) -> String {
    let visible = text.unicodeScalars.prefix(60).map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: "?"
        default: String(scalar)
        }
    }
    return "`\(visible.joined())\(text.unicodeScalars.count > 60 ? "…" : "")`"
}

/// A key of the file inside a message. Behind a colon or a space may stand a value whose separation was forgotten
/// (`token:abc`), and that value may be a secret: it is not shown.
func quotedKey(_ key: String) -> String {
    let word = key.prefix { !":= \t".contains($0) }
    return word.count == key.count ? quoted(key) : quoted(word + "…")
}

/// How many letters must be changed, added, removed or swapped with their neighbour to make one word of the other.
private func distance(_ left: [Character], _ right: [Character]) -> Int {
    var rows = [Array(0...right.count)]
    for (i, a) in left.enumerated() {
        var row = [i + 1]
        for (j, b) in right.enumerated() {
            var best = min(rows[i][j] + (a == b ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a == right[j - 1], b == left[i - 1] { best = min(best, rows[i - 1][j - 1] + 1) }
            row.append(best)
        }
        rows.append(row)
    }
    return rows[left.count][right.count]
}
