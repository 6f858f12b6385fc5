/// What people say to a person rather than to a program.
extension OtherWords {
    /// Returns what a whole line of such words means; nil where it is none.
    /// - Throws: ``WrongInput`` with the line that may be meant.
    func whatIsSaid() throws(WrongInput) -> Understood? {
        let words = head.map { $0.lowercased() }
        guard about.isEmpty, tail.isEmpty, let first = words.first else { return nil }
        if Self.questionsForHelp.contains(words.joined(separator: " ")) { return .command(grammar.whenEmpty) }
        if Self.agreeing.contains(first) {
            guard words.count > 1 else { return .whichChange("approve") }
            let number = words[1].hasPrefix("#") ? String(words[1].dropFirst()) : words[1]
            guard Int(number) != nil else { return nil }
            throw offer(
                "`\(first)` approves nothing. The button on the card of #\(number) does, and `approve \(number)`.",
                ["show \(number)"]
            )
        }
        let isAboutDeeds =
            words.count > 1 && (words[1].count > 4 && words[1].hasSuffix("ed") || Self.deeds.contains(words[1]))
        guard first == "who", isAboutDeeds else { return nil }
        let cluster = head.first { grammar.named($0) != nil }
        throw offer("The history says who did what.", [cluster.map { "\($0) history" } ?? "history"])
    }

    private static let questionsForHelp: Set<String> = [
        "what can i do", "what can i do here", "what can you do", "what can you do here", "what may i do",
        "what may i do here",
        "how does this work", "what do you do", "what is this",
    ]
    /// What people answer who agree. It never approves: nobody knows which plan they saw.
    private static let agreeing: Set<String> = [
        "ok", "okay", "yes", "y", "yep", "lgtm", "+1", ":+1:", ":thumbsup:", "👍", "sure",
    ]
    /// Words behind `who` that ask about what was done.
    private static let deeds: Set<String> = ["did", "was", "broke", "made", "has", "ran"]

    // MARK: Reasons

    /// Offers `because` where a reason stands behind another word for it: `42 restart workers cause stuck`.
    func offerBecause() throws(WrongInput) {
        guard let words = (try? Words(line, context: "", ipTypes: grammar.ipTypes))?.remaining else { return }
        let front = words.prefix { !$0.isQuoted && !$0.isWord(["because"]) && $0.option != .reason }
        for (index, word) in front.enumerated().dropFirst(2) {
            let isTwoWords = word.isWord(["due"]) && front.dropFirst(index + 1).first?.isWord(["to"]) == true
            guard isTwoWords || isBecause(word), let reason = words.dropFirst(index + (isTwoWords ? 2 : 1)).first else {
                continue
            }
            let right = Self.withoutQuestionMark("\(line[..<word.start])because \(line[reason.start...])")
            let other = OtherWords(grammar, right, wrong: wrong)
            let certain = other.certain(other.head)
            let lines = (certain.isEmpty ? other.nearMisses : certain).compactMap { reading in
                if case .change = reading.meaning { reading.line } else { nil }
            }
            if !lines.isEmpty { throw offer("A reason begins with `because`, so nothing was done.", lines) }
        }
    }

    private func isBecause(_ word: Words.Word) -> Bool {
        guard !word.isQuoted, word.option == nil else { return false }
        return Self.otherBecauses.contains(word.text.lowercased())
            || word.text.count > 4 && nearest(to: word.text, among: ["because"]) != nil
    }

    private static let otherBecauses: Set<String> = ["cause", "cuz", "coz", "cos", "bc", "b/c", "since"]

    /// The error that offers the line with its last quotation closed; nil where none is open, or that is not right either.
    var closed: WrongInput? {
        guard (try? Words(line, context: "", ipTypes: grammar.ipTypes)) == nil else { return nil }
        // Whether an option within was meant as one, nobody knows: a plan must not become a change.
        let open = line.lastIndex { Self.quotationMarks.contains($0) }.map { line[$0...] }
        guard open?.contains("--") != true, open?.contains("—") != true else { return nil }
        let right = ["\"", "'"].lazy.compactMap { grammar.understood(line + $0) }.first
        return right.map { offer(wrong.problem, [$0]) }
    }

    private static let quotationMarks: Set<Character> = ["\"", "'", "“", "”", "‘", "’", "«", "»", "„"]

    // MARK: Amounts

    /// Offers an amount with its unit as a word of its own: `42 scale 2nodes`.
    func offerUnit() throws(WrongInput) {
        let apart = head.flatMap { word -> [String] in
            let digits = word.prefix { $0.isASCII && $0.isNumber }
            let unit = String(word.dropFirst(digits.count))
            return !digits.isEmpty && isUnit(unit) ? [String(digits), unit] : [word]
        }
        guard apart != head, let reading = certain(apart).first else { return }
        throw offer("The number and its unit are two words, so nothing was done.", [reading.line])
    }

    /// Offers `scale` where it is not said what is added: `42 add 2`.
    func offerAmount() throws(WrongInput) {
        let plain = withoutMark(head)
        for order in [plain] + inFront(plain) where order.count > 2 && grammar.named(order[0]) != nil {
            if let amount = amountToAdd(order.dropFirst()), let reading = read([order[0], "scale", amount]) {
                throw offer("Nodes are added with `scale`; nothing was done.", [reading.line])
            }
        }
        guard let amount = amountToAdd(plain[...]), grammar.named(amount) == nil else { return }
        throw offer("On which cluster?", grammar.clusters.compactMap { read(["\($0.id)", "scale", amount])?.line })
    }

    /// Returns the number in `add 2 more`, or the one that `a node` and `another node` may mean; nil for other words.
    private func amountToAdd(_ words: ArraySlice<String>) -> String? {
        guard let verb = words.first?.lowercased(), Self.growing.contains(verb), verb != "scale" else { return nil }
        let said = words.dropFirst().map { $0.lowercased() }
        let counted = said.indices.map { index in
            ["a", "another"].contains(said[index]) && said.dropFirst(index + 1).first == "node" ? "1" : said[index]
        }
        let amount = self.plain(counted).filter { !isUnit($0) }
        return amount.count == 1 && Int(amount[0]) != nil ? amount[0] : nil
    }
}
