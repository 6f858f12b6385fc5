import BotCore

/// Finds the characters of a configuration that its readers do not see, or take for others.
struct SuspectCharacters {
    private let log: ProblemLog
    private var line = 1
    private var column = 0
    private var isInComment = false
    private var isQuoted = false
    private var previous: Unicode.Scalar = "\n"
    private var word = Word()
    private var isClean = true

    /// A run of letters and digits.
    private struct Word {
        var hasLatin = false
        /// The first letter of another alphabet that is drawn like a Latin one, with its place.
        var lookAlike: (scalar: Unicode.Scalar, place: Place)?
    }

    private init(_ log: ProblemLog) { self.log = log }

    /// Logs each such character with its code point. Returns whether there is none.
    ///
    /// A comment may hold what a language needs: only what turns the direction of a line or ends it is refused there,
    /// because it can show the lines around it as something else.
    static func areNone(in text: String, _ log: ProblemLog) -> Bool {
        var search = SuspectCharacters(log)
        for (scalar, visibility) in text.visibleScalars { search.take(scalar, visibility) }
        search.endWord()
        return search.isClean
    }

    private mutating func take(_ scalar: Unicode.Scalar, _ visibility: Visibility) {
        column += 1
        defer { previous = scalar }
        if scalar == "\n" {
            endWord()
            (line, column, isInComment, isQuoted) = (line + 1, 0, false, false)
            return
        }
        if "\r\t".unicodeScalars.contains(scalar) { return endWord() }
        if scalar == "\"" { isQuoted.toggle() }
        if scalar == "#", !isQuoted, previous == "\n" || previous == " " || previous == "\t" { isInComment = true }
        if let reason = reason(scalar, visibility) { refuse(Place(line: line, column: column), reason) }
        guard !isInComment, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) else { return endWord() }
        if scalar.isASCII {
            word.hasLatin = word.hasLatin || !("0"..."9").contains(scalar)
        } else if word.lookAlike == nil, LookAlike.latin(scalar) != nil {
            word.lookAlike = (scalar, Place(line: line, column: column))
        }
    }

    /// Returns why a character is refused; nil if it is not.
    private func reason(_ scalar: Unicode.Scalar, _ visibility: Visibility) -> String? {
        if visibility == .drawn {
            guard !isInComment, !scalar.isASCII, scalar.properties.isWhitespace else { return nil }
            return "\(scalar.codePoint) stands here, which is no space for YAML; type an ordinary space"
        }
        switch scalar.properties.generalCategory {
        case .lineSeparator, .paragraphSeparator,
            .format where visibility == .hidden:
            break
        case _ where isInComment: return nil
        default: break
        }
        return "an invisible character stands here, \(scalar.codePoint); remove it"
    }

    /// Latin letters and look-alikes in one word are no language.
    private mutating func endWord() {
        if word.hasLatin, let (scalar, place) = word.lookAlike, let letter = LookAlike.latin(scalar) {
            refuse(place, "\(scalar.codePoint) stands here, which only looks like `\(letter)`; type the Latin letter")
        }
        word = Word()
    }

    private mutating func refuse(_ place: Place, _ message: String) {
        log.problem(place, message)
        isClean = false
    }
}
