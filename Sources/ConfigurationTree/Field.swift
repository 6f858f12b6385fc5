import BotCore

/// A value of the configuration that is to be read. Each method returns the typed value, or nil after it logged what
/// would be right.
package struct Field {
    /// The name in messages, in back-ticks or in words.
    package let name: String
    /// The place of its key; for an element of a list, that of the element.
    package let keyPlace: Place
    package let node: YAMLNode
    package let log: ProblemLog

    package init(name: String, keyPlace: Place, node: YAMLNode, log: ProblemLog) {
        self.name = name
        self.keyPlace = keyPlace
        self.node = node
        self.log = log
    }

    package var place: Place { node.place }

    /// Logs a problem with the value, unless the value was refused as a whole before.
    package func problem(_ message: String) {
        if case .refused = node.content { return }
        log.problem(place, message)
    }

    /// Logs that a word names nothing, and which words there are. The same word is logged once: where its definition is
    /// mistyped, every use of it is unknown.
    package func unknown(_ word: String, _ what: String, among known: some Sequence<String>) {
        if case .refused = node.content { return }
        let hint = suggestion(for: word, among: known)
        log.problem(
            place,
            "\(quoted(word)) is not \(what)\(hint.isEmpty ? ";" : hint) there is \(listed(known))",
            onceFor: "\(what) \(word)"
        )
    }

    // MARK: Kinds

    /// Reads a single value as it was typed. The messages never show it: it may be a secret at the wrong place.
    package func scalar(_ what: String) -> String? {
        guard case .scalar(let text) = node.content else {
            problem("\(name) must be \(what), not \(node.kind)")
            return nil
        }
        return text
    }

    /// Reads the elements of a list.
    package func list(_ what: String, mayBeEmpty: Bool = false) -> [Field]? {
        guard case .list(let nodes) = node.content else {
            problem("\(name) must be a list: \(what)")
            return nil
        }
        guard mayBeEmpty || !nodes.isEmpty else {
            problem("\(name) is empty; it must hold at least one element: \(what)")
            return nil
        }
        return nodes.map { Field(name: "an element of \(name)", keyPlace: $0.place, node: $0, log: log) }
    }

    /// Reads a table with fixed keys.
    package func table(_ shape: TableShape) -> Table? {
        guard case .table(let entries) = node.content else {
            problem("\(name) must hold keys with values (\(listed(shape.keys))), not \(node.kind)")
            return nil
        }
        return Table(entries, at: place, shape, log)
    }

    /// Reads a table whose keys are names that the file chooses.
    package func named(_ what: String, mayBeEmpty: Bool = false) -> [(key: String, field: Field)]? {
        guard case .table(let entries) = node.content else {
            problem("\(name) must hold \(what), not \(node.kind)")
            return nil
        }
        guard mayBeEmpty || !entries.isEmpty else {
            problem("\(name) is empty; it must hold \(what)")
            return nil
        }
        return entries.map { ($0.key, Field(name: quotedKey($0.key), keyPlace: $0.place, node: $0.value, log: log)) }
    }

    // MARK: Values

    /// Reads a text on one line without spaces around it.
    package func text(_ what: String, longest: Int = 200) -> String? {
        guard let text = scalar(what) else { return nil }
        guard !text.isEmpty, text.unicodeScalars.count <= longest, text.isOneCleanLine else {
            problem("\(name) must be \(what): one line of 1 to \(longest) characters without spaces at its ends")
            return nil
        }
        return text
    }

    /// Reads a whole number in ASCII digits. The API's ids and amounts end at 2147483647.
    package func number(_ range: ClosedRange<Int> = 1...2_147_483_647) -> Int? {
        let what = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let text = scalar(what) else { return nil }
        guard let number = Int(asciiDigits: text), range.contains(number) else {
            problem("\(name) must be \(what), in digits only")
            return nil
        }
        return number
    }

    package func bool() -> Bool? {
        guard let text = scalar("`true` or `false`") else { return nil }
        if text == "true" { return true }
        if text == "false" { return false }
        problem("\(name) must be `true` or `false`, spelled exactly so")
        return nil
    }

    /// Reads one of a few words.
    package func choice(of known: some Sequence<String>, _ what: String) -> String? {
        guard let text = scalar("\(what): \(listed(known))") else { return nil }
        guard known.contains(text) else {
            unknown(text, what, among: known)
            return nil
        }
        return text
    }
}

extension String {
    /// Whether it is one line without invisible characters and without spaces at its ends.
    package var isOneCleanLine: Bool {
        guard first?.isWhitespace == false, last?.isWhitespace == false else { return false }
        return isPlainlyVisible
    }
}

extension Int {
    /// Reads a number of at most 18 ASCII digits, without a sign.
    package init?(asciiDigits text: some StringProtocol) {
        guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        self.init(text)
    }
}
