/// The largest number that can be typed: ids and amounts of the API are 32-bit integers.
package let largestNumber = 2_147_483_647

extension Words {
    /// Reads a number from 1 to 2147483647 in ASCII digits.
    package mutating func number(_ meaning: String, allowsPlus: Bool = false) throws(WrongInput) -> Int {
        guard let word = word() else { throw WrongInput("Missing: \(meaning).", example: context) }
        return try Self.number(word, meaning, allowsPlus: allowsPlus, example: context)
    }

    /// Reads one or more such numbers, each once.
    package mutating func numbers(_ meaning: String) throws(WrongInput) -> [Int] {
        var found: [Int] = []
        while let word = word() {
            let number = try Self.number(word, meaning, allowsPlus: false, example: context)
            guard !found.contains(number) else { throw WrongInput("\(number) is there twice.", example: context) }
            found.append(number)
        }
        guard !found.isEmpty else { throw WrongInput("Missing: \(meaning).", example: context) }
        guard found.count <= Self.mostNumbers else {
            throw WrongInput("More than \(Self.mostNumbers) ids at once.", example: context)
        }
        return found
    }

    /// Reads a number or a name.
    /// - Parameter meaning: whose, for errors: `the image version`.
    package mutating func reference(_ meaning: String) throws(WrongInput) -> JSONValue {
        guard let taken = remaining.first, let word = word() else {
            throw WrongInput("Missing: \(meaning), by number or name.", example: context)
        }
        return try reference(taken, word, meaning)
    }

    /// Reads one or more of them, each once, with spaces, commas or "and" between them.
    package mutating func references(_ meaning: String) throws(WrongInput) -> [JSONValue] {
        var found: [JSONValue] = []
        while let taken = remaining.first, let word = word() {
            if !found.isEmpty, !remaining.isEmpty, taken.isWord(["and"]) { continue }
            let reference = try reference(taken, word, meaning)
            guard !found.contains(reference) else {
                throw WrongInput("\(reference.listed) is there twice.", example: context)
            }
            found.append(reference)
        }
        guard !found.isEmpty else { throw WrongInput("Missing: \(meaning), by number or name.", example: context) }
        guard found.count <= Self.mostNumbers else {
            throw WrongInput("More than \(Self.mostNumbers) at once.", example: context)
        }
        return found
    }

    /// Returns what a word names. A word with digits in front is a number or wrong, whatever is called so: nobody's slip of a
    /// number becomes a name.
    private func reference(_ taken: Word, _ word: String, _ meaning: String) throws(WrongInput) -> JSONValue {
        let isName =
            taken.isQuoted
            || word.isAddress
            || word.unicodeScalars.first?.properties.isAlphabetic == true && !word.contains("=")
        guard isName else {
            return .int(try Self.number(word, "\(meaning), by number or name", allowsPlus: false, example: context))
        }
        guard let name = CleanText.remark(word), name.count <= Self.longestName,
            !name.contains(where: { "\"'`".contains($0) }),
            taken.isQuoted
                || !Self.namesNothing(name) && !ipTypes.contains(where: { $0.lowercased() == name.lowercased() })
        else {
            throw WrongInput("`\(word)` names nothing (\(meaning), by number or name).", example: context)
        }
        return .string(name)
    }

    /// Returns whether a word is one of ours, so that it names nothing unless it is quoted.
    static func namesNothing(_ word: String) -> Bool { noNames.contains(word.lowercased()) }

    private static let longestName = 80
    /// Words of ours that name nothing unless they are quoted.
    private static let noNames = ReservedWords.all.union(Words.polite).union([
        "or", "keys", "key", "is", "as", "the", "it", "this", "that", "please",
    ])

    /// The most numbers in a list. It is far above any real list of keys or groups, and a plan with so many fits into
    /// one message.
    private static let mostNumbers = 50

    /// Reads one of the configured types of IP address; if there is only one, it may be left out.
    package mutating func ipType() throws(WrongInput) -> String {
        let choices = ipTypes.map { "`\($0)`" }.joined(separator: ", ")
        guard let word = word() else {
            guard let only = ipTypes.first, ipTypes.count == 1 else {
                throw WrongInput("Missing: the type of the IP address, one of \(choices).", example: context)
            }
            return only
        }
        guard let known = ipTypes.first(where: { $0.lowercased() == word.lowercased() }) else {
            throw WrongInput("`\(word)` is no type of IP address here; there is \(choices).", example: context)
        }
        return known
    }

    /// Reads one word, which holds no space and no comma, so that every spelling can hold it.
    package mutating func text(_ meaning: String) throws(WrongInput) -> String {
        guard let word = word(), let text = CleanText.remark(word) else {
            throw WrongInput("Missing: \(meaning).", example: context)
        }
        guard !text.contains(where: { $0.isWhitespace || $0 == "," }) else {
            throw WrongInput("`\(text)` is more than one word (\(meaning)).", example: context)
        }
        return text
    }

    static func number(
        _ word: String,
        _ meaning: String,
        allowsPlus: Bool,
        example: String
    ) throws(WrongInput) -> Int {
        let digits = allowsPlus && word.hasPrefix("+") ? word.dropFirst() : word[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw WrongInput("`\(word)` is not a number (\(meaning)).", example: example)
        }
        guard let number = Int(digits), number <= largestNumber else {
            throw WrongInput("\(digits) is too large: at most \(largestNumber) (\(meaning)).", example: example)
        }
        guard number >= 1 else {
            throw WrongInput("\(digits) is too small: at least 1 (\(meaning)).", example: example)
        }
        return number
    }
}

extension String {
    /// Whether it looks like an address: `203.0.113.9`.
    var isAddress: Bool {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && Int(part).map { (0...255).contains($0) } ?? false
            }
    }
}
