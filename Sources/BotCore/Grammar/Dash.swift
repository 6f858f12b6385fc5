/// The many signs that keyboards and phones put where a hyphen or two were typed.
enum Dash {
    /// Hyphens, dashes, minus signs and their small and wide forms.
    static func isOne(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", "\u{2010}"..."\u{2015}", "\u{2043}", "\u{2212}", "\u{2E3A}", "\u{2E3B}", "\u{FE58}", "\u{FE63}",
            "\u{FF0D}":
            true
        default: false
        }
    }

    /// The word with plain hyphens; a word of a name, an action or an amount holds no others.
    static func plain(_ word: String) -> String {
        guard word.unicodeScalars.contains(where: { $0 != "-" && isOne($0) }) else { return word }
        return String(String.UnicodeScalarView(word.unicodeScalars.map { isOne($0) ? "-" : $0 }))
    }
}
