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
        guard let number = Int(digits), (1...largestNumber).contains(number) else {
            throw WrongInput("\(digits) is not between 1 and \(largestNumber) (\(meaning)).", example: example)
        }
        return number
    }
}
