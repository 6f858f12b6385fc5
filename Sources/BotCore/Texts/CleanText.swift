/// The cleaning of text from outside: one line of what a reader sees, bounded in characters and in bytes.
package enum CleanText {
    /// The most marks on one character. No script writes more; a hundred of them would cover the lines above and below.
    static let mostMarks = 6

    /// The longest name in characters: as many as a chat platform allows in a display name.
    static let longestName = 80
    /// The longest name in bytes: three for each character, as many as the scripts of names need.
    static let longestNameBytes = 240

    /// Cleans a platform's name of somebody so that it can be kept. It is decoration, so it is cut without a word.
    /// Quotation marks become simple ones, because texts put a name between double ones.
    /// - Returns: nil if nothing is left.
    package static func name(_ name: String) -> String? {
        let line = oneLine(name, scalars: longestName, bytes: longestNameBytes) { scalar in
            "\"\u{201C}\u{201D}\u{201E}\u{201F}\u{AB}\u{BB}\u{FF02}".unicodeScalars.contains(scalar) ? "'" : scalar
        }
        return line.isBlankText ? nil : line
    }

    /// A reason or a comment: what people wrote, without what nobody can see.
    /// - Returns: nil if nothing is left.
    package static func remark(_ text: some StringProtocol) -> String? {
        let line = oneLine(text, scalars: TypedText.maximumBytes, bytes: TypedText.maximumBytes) { $0 }
        return line.isBlankText ? nil : line
    }

    /// Makes one line without spaces at its ends. Line breaks, tabs and fillers become spaces; the inner spaces that were
    /// typed stay.
    private static func oneLine(
        _ text: some StringProtocol,
        scalars mostScalars: Int,
        bytes mostBytes: Int,
        _ replaced: (Unicode.Scalar) -> Unicode.Scalar
    ) -> String {
        var kept = String.UnicodeScalarView()
        var (bytes, count, marks) = (0, 0, 0)
        for (scalar, visibility) in text.visibleScalars {
            let next: Unicode.Scalar
            switch visibility {
            case .drawn: next = replaced(scalar)
            case .filler: next = " "
            case .zeroWidth: continue
            case .hidden where scalar.properties.isWhitespace: next = " "
            case .hidden: continue
            }
            marks = next.isMark ? marks + 1 : 0
            if marks > mostMarks || kept.isEmpty && next.properties.isWhitespace { continue }
            bytes += UTF8.width(next)
            count += 1
            guard bytes <= mostBytes, count <= mostScalars else { break }
            kept.append(next)
        }
        return String(String(kept).trimmed)
    }
}
