/// Lines as nobody should type them: kept ones with slips of fingers, phones and clipboards in them, and some of mere noise.
package struct MadeUpLines: Sequence, IteratorProtocol {
    private var random: any RandomNumberGenerator
    private let kept: [String]
    private let words: [String]

    /// - Parameter kept: lines to begin with; at least one that is not empty.
    package init(from kept: [String], random: any RandomNumberGenerator) {
        self.kept = kept.filter { !$0.isEmpty }
        self.random = random
        words = Array(Set(kept.flatMap { $0.split(separator: " ").map(String.init) })).sorted()
    }

    package mutating func next() -> String? {
        if number(below: 20) == 0 { return noise() }
        var line = one(of: kept)
        for _ in 0...number(below: 3) { line = slipped(line) }
        return line
    }

    private mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

    private mutating func one<Element>(of some: [Element]) -> Element { some[number(below: some.count)] }

    private mutating func noise() -> String {
        let count = number(below: 12)
        var line = ""
        for _ in 0..<count {
            switch number(below: 3) {
            case 0: line += one(of: words) + " "
            case 1: line += one(of: Self.pieces)
            default: line.unicodeScalars.append(Unicode.Scalar(UInt32(number(below: 0x3000))) ?? "?")
            }
        }
        return line
    }

    private mutating func slipped(_ line: String) -> String {
        var letters = Array(line.unicodeScalars)
        var words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let place = number(below: Swift.max(1, letters.count))
        let word = number(below: Swift.max(1, words.count))
        switch number(below: 14) {
        case 0 where place + 1 < letters.count: letters.swapAt(place, place + 1)
        case 1 where !letters.isEmpty: letters.remove(at: place)
        case 2 where !letters.isEmpty: letters.insert(letters[place], at: place)
        case 3 where !letters.isEmpty: letters[place] = one(of: Self.letters)
        case 4: letters.insert(one(of: Self.letters), at: place)
        case 5 where words.count > 1:
            words.swapAt(word, number(below: words.count))
            return words.joined(separator: " ")
        case 6:
            words.remove(at: word)
            return words.joined(separator: " ")
        case 7:
            words.insert(one(of: self.words), at: word)
            return words.joined(separator: " ")
        case 8:
            words[word] = one(of: self.words)
            return words.joined(separator: " ")
        case 9:
            let first = words[word].prefix(number(below: 2) == 0 ? 1 : words[word].count)
            words[word] = first.uppercased() + words[word].dropFirst(first.count)
            return words.joined(separator: " ")
        case 10: return line + one(of: Self.ends)
        case 11: return one(of: Self.begins) + line
        case 12: return line + one(of: Self.joints) + one(of: kept)
        default: letters.insert(contentsOf: one(of: Self.pieces).unicodeScalars, at: place)
        }
        return String(String.UnicodeScalarView(letters))
    }

    private static let letters = Array("abcdefghiklmnoprstuwxy0123456789 -_.,#=?\"'".unicodeScalars)
    private static let begins = [
        "please ", "/cluster ", "`/cluster ", "why ", "who can approve ", "#", "@clusterbot ", " ", "hey ", "can you ",
        "scale ",
    ]
    private static let ends = [
        "?", ".", " please", " --plan", " - -plan", " --dry-run", " because jobs wait", " --reason \"more room\"",
        " --reason it's late --plan", " nodes", " to 12", " by 4", "!", "`", " ok", " --for 2h", " -- plan",
    ]
    private static let joints = [" ", "; ", " && ", "\n", ", ", " and ", " to ", " on "]
    private static let pieces = [
        "\u{2013}", "\u{2014}", "\u{2011}", "\u{2212}", "\u{201C}", "\u{201D}", "\u{2019}", "\u{00A0}", "\u{200B}",
        "\u{202E}", "\u{0301}", "\u{FF14}", "\u{0664}", "\u{1F680}", "\u{212A}", "\u{FE0F}", "\u{200D}", "\t", "--",
        "`", "\"", "'", "four", "42", "7", "<@U1>", "&amp;", "1,000", "4-8", "4.5", "-4", "+4", "0", "00", "2147483648",
    ]
}
