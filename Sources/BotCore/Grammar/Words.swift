/// The words of a command, read from left to right.
package struct Words: Sendable {
    /// One word and where it ends in the text, so that "the rest" can be taken as it was typed.
    private struct Word: Sendable {
        let text: String
        let isQuoted: Bool
        let start: String.Index

        var isOption: Bool { !isQuoted && text.hasPrefix("--") }
    }

    private let source: String
    private var remaining: ArraySlice<Word>
    /// A whole command that would be right, as errors show it: `42 scale 4`.
    var context: String
    /// The types of IP address that the configuration allows.
    let ipTypes: [String]

    /// Splits at spaces and commas; text in double or single quotes is one word. An open quote is an error.
    init(_ text: String, context: String, ipTypes: [String]) throws(WrongInput) {
        source = text
        remaining = ArraySlice(try Self.split(text, example: context))
        self.context = context
        self.ipTypes = ipTypes
    }

    /// Words that were split already.
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

    // By Unicode scalars: a combining mark behind a space or a quote belongs to the same `Character`, and would be dropped
    // with the space, or hide the quote.
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
                let first = scalars.index(after: index)
                guard let end = scalars[first...].firstIndex(of: scalar) else {
                    throw WrongInput("A quotation mark is opened and not closed.", example: example)
                }
                words.append(Word(text: String(scalars[first..<end]), isQuoted: true, start: start))
                index = scalars.index(after: end)
            } else {
                index = scalars[start...].firstIndex(where: isSeparator) ?? scalars.endIndex
                words.append(Word(text: String(scalars[start..<index]), isQuoted: false, start: start))
            }
        }
        return words
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        // The table of properties is far from the processor, and nearly all that is typed is ASCII.
        switch scalar {
        case " ", ",", "\t"..."\r": true
        case "!"..."~": false
        default: scalar.properties.isWhitespace
        }
    }

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

    /// Everything that is left, as it was typed, without quotes around the whole; nil if nothing but space is left.
    mutating func rest() -> String? {
        guard let first = remaining.first else { return nil }
        defer { remaining = [] }
        let text = remaining.count == 1 ? first.text.trimmed : source[first.start...].trimmed
        return text.isEmpty ? nil : String(text)
    }

    /// Moves every option and its value out of the words: `--plan`, `--reason "text"`.
    mutating func takeOptions(example: String) throws(WrongInput) -> (reason: String?, planOnly: Bool) {
        guard remaining.contains(where: \.isOption) else { return (nil, false) }
        var reason: String?
        var planOnly = false
        var others: [Word] = []
        while let word = remaining.popFirst() {
            guard word.isOption else {
                others.append(word)
                continue
            }
            switch word.text.lowercased() {
            case "--plan" where !planOnly: planOnly = true
            case "--plan": throw WrongInput("`--plan` is there twice.", example: "\(example) --plan")
            case "--reason" where reason == nil:
                // Another option is no reason: `--reason --plan` must not become a change.
                guard let value = remaining.popFirst(), !value.isOption,
                    !value.text.trimmed.isEmpty
                else {
                    throw WrongInput(
                        "`--reason` needs a text in quotes behind it.",
                        example: "\(example) --reason \"more room\""
                    )
                }
                reason = String(value.text.trimmed)
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
    /// Without white space at both ends. By Unicode scalars: a mark that combines with a space is text, and stays.
    package var trimmed: SubSequence {
        let isText = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace }
        guard let first = unicodeScalars.firstIndex(where: isText), let last = unicodeScalars.lastIndex(where: isText)
        else { return self[startIndex..<startIndex] }
        return self[first..<unicodeScalars.index(after: last)]
    }
}
