import Foundation

/// Makes one text out of the many that keyboards, phones and the clipboard produce for the same words.
package enum TypedText {
    /// The longest text that is looked at, in UTF-8 bytes. Chat platforms cut messages at about this length.
    package static let maximumBytes = 4000

    /// Returns the text in one form. Curly quotes become straight; special spaces, line breaks and fillers become
    /// spaces; characters without width are removed, apart from those that choose the form of an emoji. Dashes stay:
    /// their meaning depends on their place (``Words``).
    /// - Throws: ``WrongInput`` for control and bidirectional characters: a text that does not read as it is shown is
    /// not executed.
    package static func normalized(_ text: String) throws(WrongInput) -> String {
        guard text.utf8.count <= maximumBytes else {
            throw WrongInput("That is longer than \(maximumBytes) bytes.", example: "help")
        }
        // Most texts have only characters that the loop below keeps as they are.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        // Characters without width are removed first: below they would hide which characters stand side by side.
        let shown = text.visibleScalars.lazy.filter { $0.visibility != .zeroWidth }.map(\.scalar)
        var result = String.UnicodeScalarView()
        for scalar in String(String.UnicodeScalarView(shown)).precomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}": result.append("\"")
            case "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}": result.append("'")
            case "\u{A0}", "\u{202F}", "\u{2007}", "\n", "\r", "\t": result.append(" ")
            default:
                switch scalar.visibility {
                case .filler: result.append(" ")
                case .hidden: throw hidden(scalar)
                case .drawn, .zeroWidth: result.append(scalar)
                }
            }
        }
        return String(result)
    }

    /// Returns the command in a pasted line: without back-ticks around it, a command word in front, and one full stop
    /// or exclamation mark at its end.
    static func command(in line: String, commandWords: Set<String>) -> String {
        var rest = line.trimmed
        var mayEnd = true
        while true {
            if mayEnd, let last = rest.unicodeScalars.last, last == "." || last == "!" {
                rest = String(rest.unicodeScalars.dropLast())[...].trimmed
                mayEnd = false
            } else if rest.utf8.count > 1, rest.utf8.first == backTick, rest.utf8.last == backTick {
                rest =
                    Substring(
                        rest.drop { $0 == "`" }.reversed().drop { $0 == "`" }.reversed().map(String.init).joined()
                    )
                    .trimmed
            } else if let behind = rest.without(prefix: commandWords) {
                rest = behind
            } else {
                return String(rest)
            }
        }
    }

    private static let backTick = UInt8(ascii: "`")

    private static func hidden(_ scalar: Unicode.Scalar) -> WrongInput {
        let code = String(scalar.value, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
        return WrongInput(
            "The text holds an invisible character (U+\(padded)). Type it anew instead of pasting it.",
            example: "help"
        )
    }
}

extension Substring {
    /// Returns what stands behind the first word if that is one of these words, in any capitals; else nil.
    fileprivate func without(prefix words: Set<String>) -> Substring? {
        let first = prefix { !$0.isWhitespace }
        guard !first.isEmpty else { return nil }
        return words.contains(first.lowercased()) ? self[first.endIndex...].trimmed : nil
    }
}
