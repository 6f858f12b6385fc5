/// The words of a command, read from left to right.
package struct Words: Sendable {
    /// One word and where it stands in the text, so that "the rest" can be taken as it was typed.
    struct Word: Sendable {
        /// The word as typed, without its quotation marks.
        let text: String
        let isQuoted: Bool
        let start: String.Index

        var option: Option? { isQuoted ? nil : Option(text) }

        func isWord(_ words: Set<String>) -> Bool { !isQuoted && words.contains(text.lowercased()) }
    }

    let source: String
    var remaining: ArraySlice<Word>
    /// A whole command that would be right, as errors show it: `42 scale 4`.
    package var context: String
    /// The types of IP address that the configuration allows.
    let ipTypes: [String]

    /// Splits at spaces and commas; text in double or single quotes is one word. An open quote is an error.
    init(_ text: String, context: String, ipTypes: [String]) throws(WrongInput) {
        source = text
        remaining = ArraySlice(try Self.split(text, example: context))
        self.context = context
        self.ipTypes = ipTypes
    }

    /// Takes words that were split already.
    init(_ words: [String], context: String, ipTypes: [String]) {
        let text = words.joined(separator: " ")
        var start = 0
        remaining = []
        for word in words {
            remaining.append(
                Word(text: word, isQuoted: false, start: text.utf8.index(text.startIndex, offsetBy: start))
            )
            start += word.utf8.count + 1
        }
        source = text
        self.context = context
        self.ipTypes = ipTypes
    }

    // Splits by Unicode scalars: a combining mark behind a space or a quote belongs to the same `Character`, and would
    // be dropped with the space, or hide the quote.
    private static func split(_ text: String, example: String) throws(WrongInput) -> [Word] {
        let scalars = text.unicodeScalars
        var words: [Word] = []
        words.reserveCapacity(8)
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            if isSeparator(scalar) {
                index = scalars.index(after: index)
                continue
            }
            let start = index
            if scalar == "\"" || scalar == "'" {
                guard let end = closing(scalar, behind: index, in: scalars) else {
                    throw WrongInput("A quotation mark is opened and not closed.", example: example)
                }
                let text = String(scalars[scalars.index(after: start)..<end])
                words.append(Word(text: text, isQuoted: true, start: start))
                index = scalars.index(after: end)
                continue
            }
            index = scalars[start...].firstIndex(where: isSeparator) ?? scalars.endIndex
            let text = String(scalars[start..<index])
            // `- -plan`: a phone has put a space between the two.
            if let last = words.last, !last.isQuoted, last.text.unicodeScalars.count == 1,
                Dash.isOne(scalars[last.start]),
                Dash.isOne(scalar), Option(text) != nil
            {
                words[words.count - 1] = Word(text: "\(last.text) \(text)", isQuoted: false, start: last.start)
            } else {
                words.append(Word(text: text, isQuoted: false, start: start))
            }
        }
        return words
    }

    /// Returns where a quotation ends. A single mark with a letter behind it is an apostrophe: `'don't do it now'`.
    private static func closing(
        _ mark: Unicode.Scalar,
        behind start: String.Index,
        in scalars: String.UnicodeScalarView
    ) -> String.Index? {
        var index = scalars.index(after: start)
        while let end = scalars[index...].firstIndex(of: mark) {
            index = scalars.index(after: end)
            let isApostrophe = mark == "'" && index < scalars.endIndex && scalars[index].isLetterOrDigit
            if !isApostrophe { return end }
        }
        return nil
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        // Nearly all typed text is ASCII, and looking up a scalar's properties is slow.
        switch scalar {
        case " ", ",", "\t"..."\r": true
        case "!"..."~": false
        default: scalar.properties.isWhitespace
        }
    }

    package var isEmpty: Bool { remaining.isEmpty }

    /// The next word in lower case; it is not taken.
    package var next: String? { remaining.first.map { Self.read($0).lowercased() } }

    /// Takes the next word.
    package mutating func word() -> String? { remaining.popFirst().map(Self.read) }

    /// Returns a word that is no free text, with hyphens in place of other dashes: `prod‑train`.
    private static func read(_ word: Word) -> String { word.isQuoted ? word.text : Dash.plain(word.text) }

    /// Takes the next word if it is this one. Returns whether it was.
    package mutating func take(_ word: String) -> Bool {
        guard let first = remaining.first, !first.isQuoted, Self.read(first).lowercased() == word else { return false }
        remaining.removeFirst()
        return true
    }

    /// Returns whether one of these words stands behind the next one.
    package func isFollowed(by words: Set<String>) -> Bool { remaining.dropFirst().first?.isWord(words) == true }

    /// Takes everything that is left, as it was typed, without quotes around the whole; nil if nothing but space is
    /// left.
    package mutating func rest() -> String? {
        defer { remaining = [] }
        return text(to: source.endIndex, remaining)
    }

    /// Returns the text from the first of these words to a place, as it was typed.
    func text(to end: String.Index, _ words: ArraySlice<Word>) -> String? {
        guard let first = words.first else { return nil }
        return CleanText.remark(words.count == 1 && first.isQuoted ? first.text[...] : source[first.start..<end])
    }

    /// Ends the line.
    /// - Throws: ``WrongInput`` if a word is left.
    package mutating func end(example: String) throws(WrongInput) {
        dropPoliteWords()
        if let surplus = word() { throw WrongInput("`\(surplus)` is one word too many.", example: example) }
    }

    /// The words of politeness, which mean nothing outside of free text.
    static let polite: Set<String> = ["please", "pls", "thanks", "thx"]

    /// Drops the words of politeness.
    package mutating func dropPoliteWords() { remaining = ArraySlice(remaining.filter { !$0.isWord(Self.polite) }) }
}

extension Unicode.Scalar {
    fileprivate var isLetterOrDigit: Bool { properties.isAlphabetic || properties.numericType != nil }
}

extension StringProtocol {
    /// The text without white space at both ends. It goes by Unicode scalars: a mark that combines with a space is
    /// text, and stays.
    package var trimmed: SubSequence {
        let isText = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace }
        guard let first = unicodeScalars.firstIndex(where: isText), let last = unicodeScalars.lastIndex(where: isText)
        else { return self[startIndex..<startIndex] }
        return self[first..<unicodeScalars.index(after: last)]
    }
}
