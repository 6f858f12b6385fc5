/// The words of a command, read from left to right.
package struct Words: Sendable {
    /// One word and where it ends in the text, so that "the rest" can be taken as it was typed.
    private struct Word: Sendable {
        let text: String
        let isQuoted: Bool
        let start: String.Index
    }

    private let source: String
    private var remaining: ArraySlice<Word>
    /// What the words in error messages are put behind: `42 scale`.
    var context: String
    /// The types of IP address that the configuration allows.
    let ipTypes: [String]

    /// Splits at spaces and commas; text in double or single quotes is one word. An open quote is an error.
    init(_ text: String, context: String = "", ipTypes: [String]) throws(WrongInput) {
        source = text
        remaining = ArraySlice(try Self.split(text))
        self.context = context
        self.ipTypes = ipTypes
    }

    private static func split(_ text: String) throws(WrongInput) -> [Word] {
        var words: [Word] = []
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            if isSeparator(character) {
                index = text.index(after: index)
                continue
            }
            let start = index
            if character == "\"" || character == "'" {
                let first = text.index(after: index)
                guard let end = text[first...].firstIndex(of: character) else {
                    throw WrongInput("A quotation mark is opened and not closed.", example: #"42 scale 4 --reason "more room""#)
                }
                words.append(Word(text: String(text[first..<end]), isQuoted: true, start: start))
                index = text.index(after: end)
            } else {
                while index < text.endIndex, !isSeparator(text[index]) { index = text.index(after: index) }
                words.append(Word(text: String(text[start..<index]), isQuoted: false, start: start))
            }
        }
        return words
    }

    private static func isSeparator(_ character: Character) -> Bool { character == "," || character.isWhitespace }

    var isEmpty: Bool { remaining.isEmpty }

    /// The next word in lower case, left where it is.
    var next: String? { remaining.first?.text.lowercased() }

    /// The next word as typed, taken.
    mutating func word() -> String? { remaining.popFirst()?.text }

    /// Takes the next word if it is this one.
    mutating func take(_ word: String) -> Bool {
        guard let first = remaining.first, !first.isQuoted, first.text.lowercased() == word else { return false }
        remaining.removeFirst()
        return true
    }

    /// Everything that is left, as it was typed, without quotes around the whole; nil if nothing is left.
    mutating func rest() -> String? {
        guard let first = remaining.first else { return nil }
        defer { remaining = [] }
        if remaining.count == 1 { return first.text.isEmpty ? nil : first.text }
        return String(source[first.start...].trimmed)
    }

    /// Moves every option and its value out of the words: `--plan`, `--reason "text"`.
    mutating func takeOptions(example: String) throws(WrongInput) -> (reason: String?, planOnly: Bool) {
        var reason: String?
        var planOnly = false
        var others: [Word] = []
        while let word = remaining.popFirst() {
            guard !word.isQuoted, word.text.hasPrefix("--") else {
                others.append(word)
                continue
            }
            switch word.text.lowercased() {
            case "--plan": planOnly = true
            case "--reason" where reason == nil:
                guard let text = remaining.popFirst()?.text.trimmed, !text.isEmpty else {
                    throw WrongInput("`--reason` needs a text in quotes behind it.", example: "\(example) --reason \"more room\"")
                }
                reason = String(text)
            case "--reason":
                throw WrongInput("`--reason` is there twice.", example: "\(example) --reason \"more room\"")
            default:
                throw WrongInput(
                    "There is no option `\(word.text)`; there are `--reason \"text\"` and `--plan`.",
                    example: "\(example) --plan"
                )
            }
        }
        remaining = ArraySlice(others)
        return (reason, planOnly)
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    package var trimmed: SubSequence {
        var slice = self[...]
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return slice
    }
}
