/// Letters of other alphabets that are drawn like Latin ones. A name with one of them is another name, and nobody sees
/// it.
enum LookAlike {
    /// The Latin letter that a letter of another alphabet is drawn like; nil for all others.
    static func latin(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if let letter = table[scalar] { return letter }
        // The wide letters of East Asian fonts stand in the order of ASCII.
        let isWide = ("\u{FF21}"..."\u{FF3A}").contains(scalar) || ("\u{FF41}"..."\u{FF5A}").contains(scalar)
        return isWide ? Unicode.Scalar(scalar.value - 0xFEE0) : nil
    }

    /// Returns the text with each such letter replaced by the Latin one.
    static func latin(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { view.append(latin(scalar) ?? scalar) }
        return String(view)
    }

    /// The first such letter of a text, for messages: `U+0430 (CYRILLIC SMALL LETTER A), which only looks like `a``.
    static func note(on text: String) -> String? {
        for scalar in text.unicodeScalars {
            if let letter = latin(scalar) { return "\(scalar.codePoint), which only looks like `\(letter)`" }
        }
        return nil
    }

    private static let cyrillic: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{430}": "a", "\u{435}": "e", "\u{43E}": "o", "\u{440}": "p", "\u{441}": "c", "\u{443}": "y", "\u{445}": "x",
        "\u{455}": "s", "\u{456}": "i", "\u{458}": "j", "\u{4BB}": "h", "\u{4CF}": "l", "\u{501}": "d", "\u{51B}": "q",
        "\u{51D}": "w", "\u{410}": "A", "\u{412}": "B", "\u{415}": "E", "\u{41A}": "K", "\u{41C}": "M", "\u{41D}": "H",
        "\u{41E}": "O", "\u{420}": "P", "\u{421}": "C", "\u{422}": "T", "\u{423}": "Y", "\u{425}": "X", "\u{405}": "S",
        "\u{406}": "I", "\u{408}": "J", "\u{50C}": "G", "\u{51A}": "Q", "\u{51C}": "W",
    ]

    private static let greek: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{3B1}": "a", "\u{3B9}": "i", "\u{3BA}": "k", "\u{3BD}": "v", "\u{3BF}": "o", "\u{3C1}": "p", "\u{3C5}": "u",
        "\u{391}": "A", "\u{392}": "B", "\u{395}": "E", "\u{396}": "Z", "\u{397}": "H", "\u{399}": "I", "\u{39A}": "K",
        "\u{39C}": "M", "\u{39D}": "N", "\u{39F}": "O", "\u{3A1}": "P", "\u{3A4}": "T", "\u{3A5}": "Y", "\u{3A7}": "X",
    ]

    private static let armenian: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{570}": "h", "\u{578}": "n", "\u{57D}": "u", "\u{585}": "o",
    ]

    private static let table = cyrillic.merging(greek) { first, _ in first }.merging(armenian) { first, _ in first }
}

extension Unicode.Scalar {
    /// The code point with its name, for messages: `U+200B (ZERO WIDTH SPACE)`.
    var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return "U+\(padded)" + (properties.name.map { " (\($0))" } ?? "")
    }
}
