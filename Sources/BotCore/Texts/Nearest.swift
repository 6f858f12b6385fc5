/// The known word that somebody probably meant; nil if none is close.
package func nearest(to word: String, among known: some Sequence<String>) -> String? {
    nearWords(to: word, among: known).first?.word
}

/// The known words that somebody may have meant, the nearest first, with the number of letters that differ.
package func nearWords(to word: String, among known: some Sequence<String>) -> [(word: String, distance: Int)] {
    let typed = Array(word.lowercased())
    guard typed.count <= 64 else { return [] }
    let allowed = typed.count < 4 ? 1 : max(2, typed.count / 3)
    let ranked = known.map { (word: $0, distance: distance(typed, Array($0.lowercased()))) }
    // Of a short word two letters are much: whoever slips twice in it has at least begun it right.
    let isNear = { (one: (word: String, distance: Int)) in
        one.distance <= allowed
            && (one.distance < 2 || typed.count > 5 || one.word.lowercased().first == typed.first)
    }
    return ranked.filter(isNear).sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }
}

/// Counts the letters that must be changed, added, removed or swapped with their neighbour to make one word of the other.
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
