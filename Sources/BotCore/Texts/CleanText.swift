/// Text from outside as it is taken in: one line of what a reader sees, bounded in characters and in bytes.
package enum CleanText {
    /// More marks on one character than any script writes; a hundred of them cover the lines above and below.
    static let mostMarks = 6

    /// As many characters as a chat platform allows in a display name.
    static let longestName = 80
    /// Three bytes for each of them: as many as the scripts of names need.
    static let longestNameBytes = 240

    /// What a platform calls somebody, fit to be kept: decoration, so it is cut without a word.
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

    /// Without spaces at its ends. Line breaks, tabs and fillers become spaces; the inner spaces that were typed stay.
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
