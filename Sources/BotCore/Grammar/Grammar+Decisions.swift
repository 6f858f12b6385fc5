extension Grammar {
    /// The fewest digits of its digest that name a plan.
    package static let fewestDigits = 8
    /// The number of digits of a whole digest.
    private static let mostDigits = 64

    /// Reads the number of the change that a command is about, and refuses a second one.
    /// - Parameter example: the command about a change, as errors show it.
    package func changeNumber(_ words: inout Words, example: (Int) -> String) throws(WrongInput) -> Int {
        let change = try changeNumber(&words)
        try refuseSecondNumber(words, example(change))
        return change
    }

    /// Reads the number of a change, `17` or `#17`.
    private func changeNumber(_ words: inout Words) throws(WrongInput) -> Int {
        while words.remaining.first?.isWord(Words.polite) == true { words.remaining.removeFirst() }
        guard let word = words.word() else {
            throw WrongInput("Say which change, by its number. `pending` shows what waits.", example: "pending")
        }
        let digits = word.hasPrefix("#") && word != "#" ? String(word.dropFirst()) : word
        return try Words.number(digits, "the number of the change", allowsPlus: false, example: "pending")
    }

    /// Reads one of several words: a near one is offered with the whole line as it would be right.
    /// - Parameters:
    ///   - problem: what is said where it is another word.
    ///   - example: the whole command, as errors show it.
    package func choice(
        _ words: inout Words,
        of choices: [String],
        problem: String,
        example: String
    ) throws(WrongInput) -> String {
        let taken = words.remaining.first
        let word = words.word()?.lowercased() ?? ""
        if choices.contains(word) { return word }
        // Others, such as `success`, differ much from ours; a word that only begins alike may mean the contrary.
        let other = Self.otherVerdicts[word].flatMap { choices.contains($0) ? $0 : nil }
        let nearest = nearest(to: word, among: choices) ?? other
        let near = nearest.flatMap { near in taken.flatMap { understood(words.source, with: near, insteadOf: $0) } }
        let meant = nearest.map { right in
            choices.reduce(example) { $0.replacing(" \($1) ", with: " \(right) ") }
        }
        throw WrongInput(problem, example: near ?? meant ?? example, offers: near.map { [OfferedLine($0)] } ?? [])
    }

    private static let otherVerdicts = [
        "success": "succeeded", "sucess": "succeeded", "succes": "succeeded", "succeed": "succeeded",
        "succeeds": "succeeded", "successful": "succeeded", "fail": "failed", "fails": "failed", "failure": "failed",
    ]

    /// Refuses a second number: the person means two changes, or made a mistake.
    private func refuseSecondNumber(_ words: Words, _ example: String) throws(WrongInput) {
        var next = words.remaining
        if next.first?.isWord(["and", "&", "+", "or", "to"]) == true || next.first.map({ Dash.plain($0.text) }) == "-" {
            next = next.dropFirst()
        }
        guard let second = next.first, !second.isQuoted else { return }
        let digits = second.text.unicodeScalars.drop { $0 == "#" }
        guard !digits.isEmpty, digits.allSatisfy({ $0.properties.numericType == .decimal }) else { return }
        throw WrongInput(
            "One change at a time: nothing was done. A text that begins with a number stands in quotes.",
            example: example
        )
    }

    /// Reads `plan 01182a52`, the plan that the person saw; nil if the next word is another one.
    package func planDigest(_ words: inout Words, behind start: String) throws(WrongInput) -> String? {
        let all = words.remaining
        guard words.take("plan") else { return nil }
        let word = words.word()?.lowercased() ?? ""
        let isDigest = word.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        }
        guard isDigest, (Self.fewestDigits...Self.mostDigits).contains(word.utf8.count) else {
            let comment = words.text(to: words.source.endIndex, all).map { "\(start) \(Words.quoted($0))" }
            throw WrongInput(
                "Behind `plan` stand the first \(Self.fewestDigits) or more digits that the card shows. "
                    + "A comment that begins with that word stands in quotes. Nothing was done.",
                example: word.isEmpty || isDigest
                    ? "\(start) plan 01182a52" : comment.flatMap(understood) ?? "\(start) plan 01182a52"
            )
        }
        return word
    }

    /// Refuses `with 2 nodes` behind the number of a change: whoever says so approves less than the plan.
    package func refuseLess(_ words: Words, _ change: Int) throws(WrongInput) {
        guard words.remaining.first?.isWord(["with"]) == true else { return }
        let less = words.text(to: words.source.endIndex, words.remaining) ?? "with less"
        throw WrongInput(
            "`approve \(change) with …` is not supported yet, so nothing was done. Approve what the card shows, or deny it and "
                + "say what you would approve. A comment that begins with that word stands in quotes.",
            example: understood("deny \(change) \(Words.quoted("only \(less)"))")
                ?? #"deny \#(change) "only with less""#,
            isSure: true
        )
    }

    /// Reads a comment or a reason to the end of the line; `because` or `--reason` in front of it are not part of it.
    /// - Parameters:
    ///   - deciding: the decision, for errors: `approving`.
    ///   - example: the whole command, as errors show it.
    package func remark(
        _ words: inout Words,
        deciding: String,
        _ change: Int,
        example: String
    ) throws(WrongInput) -> String? {
        let start = words.source[..<(words.remaining.first?.start ?? words.source.endIndex)].trimmed
        let isNamed = words.take("because") || words.takeReason()
        let hasMore = !words.isEmpty
        let free = words.freeText()
        if let option = free.swallowed {
            throw WrongInput(
                "`\(option)` stands in the text without quotes, where no option is obeyed. Nothing was done.",
                example: understood("\(start) \(Words.quoted(free.whole))") ?? example,
                isSure: true
            )
        }
        guard !free.endsInPlan else { throw Self.noPlan(deciding, change) }
        if isNamed, free.text == nil {
            throw WrongInput(hasMore ? "The reason is empty." : "The reason is missing.", example: example)
        }
        return free.text
    }

    /// Ends the line of a decision that takes no text.
    package func end(_ words: inout Words, deciding: String, _ change: Int, example: String) throws(WrongInput) {
        if words.remaining.contains(where: { $0.option == .plan }) { throw Self.noPlan(deciding, change) }
        try words.end(example: example)
    }

    private static func noPlan(_ deciding: String, _ change: Int) -> WrongInput {
        WrongInput(
            "Nothing was done: \(deciding) has no plan of its own. What #\(change) will do stands in its message.",
            example: "show \(change)"
        )
    }
}

extension Words {
    /// Takes `--reason` in any spelling.
    fileprivate mutating func takeReason() -> Bool {
        guard remaining.first?.option == .reason else { return false }
        remaining.removeFirst()
        return true
    }
}
