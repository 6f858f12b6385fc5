import Foundation

/// Makes one text out of the many that keyboards and phones produce for the same words.
package enum TypedText {
    /// The longest text that is looked at, in UTF-8 bytes. Chat platforms cut messages at about this length.
    package static let maximumBytes = 4000

    /// Curly quotes become straight, a dash before a word becomes `--`, special spaces become spaces, zero-width characters go.
    /// Control and bidirectional characters are an error: a text that shows otherwise than it reads is not executed.
    package static func normalized(_ text: String) throws(WrongInput) -> String {
        guard text.utf8.count <= maximumBytes else {
            throw WrongInput("That is longer than \(maximumBytes) bytes.", example: "help")
        }
        // Most texts hold nothing but what the loop below keeps as it is.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        var result = String.UnicodeScalarView()
        // First, so that they hide from nothing below what stands beside what.
        let shown = String(String.UnicodeScalarView(text.unicodeScalars.filter { !isZeroWidth($0) }))
        let scalars = Array(shown.precomposedStringWithCanonicalMapping.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}": result.append("\"")
            case "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}": result.append("'")
            case "\u{2013}", "\u{2014}":
                let startsWord = index == 0 || isSpace(scalars[index - 1])
                let beforeLetter = index + 1 < scalars.count && scalars[index + 1].properties.isAlphabetic
                if startsWord, beforeLetter {
                    result.append(contentsOf: "--".unicodeScalars)
                } else {
                    result.append(scalar)
                }
            case "\u{A0}", "\u{202F}", "\u{2007}", "\n", "\r", "\t": result.append(" ")
            case _ where isForbidden(scalar): throw hidden(scalar)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace
    }

    private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{200B}"..."\u{200D}", "\u{2060}", "\u{FEFF}": true
        default: false
        }
    }

    /// Characters that show nothing, or show other text than there is.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func hidden(_ scalar: Unicode.Scalar) -> WrongInput {
        let code = String(scalar.value, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
        return WrongInput(
            "The text holds an invisible character (U+\(padded)). Type it anew instead of pasting it.",
            example: "help"
        )
    }
}
