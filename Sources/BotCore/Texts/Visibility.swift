/// The visibility of a character. Every place that cleans or escapes text asks this one table.
package enum Visibility: Hashable, Sendable {
    /// A letter, a sign, a mark on one of them, or a space of any width.
    case drawn
    /// The character takes room and draws nothing, although it counts as a letter or a symbol: a space that no one takes
    /// for one.
    case filler
    /// The character takes no room and draws nothing: joiners, variation selectors, vowels that are only inherent.
    case zeroWidth
    /// The character ends a line, turns the text's direction, acts on a terminal, or is not assigned: readers see another text.
    case hidden
}

extension Unicode.Scalar {
    package var visibility: Visibility {
        switch self {
        case " "..."~": return .drawn
        case "\u{115F}", "\u{1160}", "\u{2800}", "\u{3164}", "\u{FFA0}": return .filler
        case "\u{200B}"..."\u{200D}", "\u{2060}", "\u{FEFF}": return .zeroWidth
        default: break
        }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            return .hidden
        default: return properties.isDefaultIgnorableCodePoint ? .zeroWidth : .drawn
        }
    }

    /// Whether it is a command to a terminal or a printer instead of a character. No text holds one but line breaks and tabs.
    package var isControl: Bool { properties.generalCategory == .control }

    /// Whether it can be the picture or the text form of the emoji before it; the only use of a character without width
    /// that people type.
    func selectsForm(of previous: Unicode.Scalar?) -> Bool {
        (self == "\u{FE0E}" || self == "\u{FE0F}") && previous?.properties.isEmoji == true
    }

    /// Whether it is written above, below or around the character before it.
    var isMark: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    /// The escape by which texts show it where it must not stand itself: `\u{202E}`.
    package var escape: String { "\\u{\(String(value, radix: 16, uppercase: true))}" }
}

extension StringProtocol {
    /// The characters with what they draw.
    package var visibleScalars: VisibleScalars { VisibleScalars(String(self).unicodeScalars) }

    /// Whether nothing in it is hidden, without width or a filler.
    package var isPlainlyVisible: Bool { visibleScalars.allSatisfy { $0.visibility == .drawn } }

    /// Whether a reader would see nothing at all.
    package var isBlankText: Bool {
        visibleScalars.allSatisfy { $0.visibility != .drawn || $0.scalar.properties.isWhitespace }
    }
}
