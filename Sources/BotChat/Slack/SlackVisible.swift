/// Text as what it is: nothing in it is invisible, and it reads in the order in which it is stored.
enum SlackVisible {
    /// Line breaks of every kind become `\n` (or a space), tabs become spaces, and control, format, private and
    /// unassigned characters become `\u{…}`.
    static func text(_ text: String, keepsLines: Bool) -> String {
        guard text.unicodeScalars.contains(where: isChanged) else { return text }
        var visible = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}":
                visible.append(keepsLines ? "\n" : " ")
            case "\t": visible.append(" ")
            case _ where isHidden(scalar):
                visible.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
            default: visible.append(scalar)
            }
            previous = scalar
        }
        return String(visible)
    }

    /// Whether a character does not stay what it is. Most texts hold none that does not.
    private static func isChanged(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " "..."~": false
        case "\u{2028}", "\u{2029}": true
        default: isHidden(scalar)
        }
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned: true
        default: false
        }
    }
}
