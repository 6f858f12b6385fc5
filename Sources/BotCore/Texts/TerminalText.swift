/// The escaping of text for a terminal: nothing in it acts on the terminal, turns a line's direction or begins a line.
package enum TerminalText {
    /// One cell or sentence. What is not drawn becomes `\u{1B}`, line breaks and tabs `\n`, `\r`, `\t`.
    package static func line(_ text: some StringProtocol) -> String { escaped(text, keepsLines: false) }

    /// A text of several lines that are the bot's own; what stands in a line is escaped.
    package static func lines(_ text: some StringProtocol) -> String { escaped(text, keepsLines: true) }

    /// JSON that means the same: it can hold such characters only inside of strings, where they have an escape.
    package static func json(_ text: some StringProtocol) -> String {
        guard !text.isPlainlyVisible else { return String(text) }
        return text.visibleScalars.map { scalar, visibility in
            if visibility == .drawn || scalar == "\n" { return String(scalar) }
            return UTF16.encode(scalar).map { units in
                units.map { unit in
                    let digits = String(unit, radix: 16)
                    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }.joined()
            } ?? ""
        }.joined()
    }

    private static func escaped(_ text: some StringProtocol, keepsLines: Bool) -> String {
        guard !text.isPlainlyVisible else { return String(text) }
        return text.visibleScalars.map { scalar, visibility in
            switch scalar {
            case "\n": keepsLines ? "\n" : "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            default: visibility == .drawn ? String(scalar) : scalar.escape
            }
        }.joined()
    }
}
