import BotCore

/// Text as what it is: nothing in it is invisible, and it reads in the order in which it is stored.
package enum VisibleText {
    /// Line breaks of every kind become `\n` (or a space), tabs become spaces, and whatever else
    /// draws nothing (``Visibility``) becomes `\u{…}`.
    package static func text(_ text: String, keepsLines: Bool) -> String {
        guard !text.isPlainlyVisible else { return text }
        var visible = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for (scalar, visibility) in text.visibleScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}":
                visible.append(keepsLines ? "\n" : " ")
            case "\t": visible.append(" ")
            case _ where visibility != .drawn: visible.append(contentsOf: scalar.escape.unicodeScalars)
            default: visible.append(scalar)
            }
            previous = scalar
        }
        return String(visible)
    }
}
