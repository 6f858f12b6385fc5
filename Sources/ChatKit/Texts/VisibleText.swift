import BotCore

/// Makes texts in which nothing is invisible, and which read in the order in which they are stored.
package enum VisibleText {
    /// Returns the text with every kind of line break as `\n` (or a space), tabs as spaces, and everything else that
    /// draws nothing (``Visibility``) as `\u{…}`.
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
