/// Recognizes the many signs that keyboards and phones put where one or two hyphens were typed.
enum Dash {
    /// Returns whether a scalar is a hyphen, a dash, a minus sign, or a small or wide form of one.
    static func isOne(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", "\u{2010}"..."\u{2015}", "\u{2043}", "\u{2212}", "\u{2E3A}", "\u{2E3B}", "\u{FE58}", "\u{FE63}",
            "\u{FF0D}":
            true
        default: false
        }
    }

    /// Returns the word with plain hyphens: names, actions and amounts have no other dashes.
    static func plain(_ word: String) -> String {
        guard word.unicodeScalars.contains(where: { $0 != "-" && isOne($0) }) else { return word }
        return String(String.UnicodeScalarView(word.unicodeScalars.map { isOne($0) ? "-" : $0 }))
    }
}
