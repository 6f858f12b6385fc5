extension Words {
    /// The options of a change, with the reason.
    struct Options {
        var reason: String?
        var planOnly = false
        /// An option that stands inside a reason without quotes, and the line as it would be right.
        var swallowed: (option: String, example: String)?
        /// An option of a later version, and the line without it.
        var later: (name: String, line: String)?
    }

    /// Takes every option with its value out of the words: `--plan`, `--reason "text"`, `because text`.
    ///
    /// Without quotes a reason goes on to the end of the line, and only `--plan` is understood there, as the last word.
    /// - Parameter right: returns a line as an example, or another one where it is not right.
    mutating func takeOptions(_ right: (String) -> String) throws(WrongInput) -> Options {
        var options = Options()
        let first = remaining.first { $0.option != nil || $0.isWord(["because"]) }
        let front = source[..<(first?.start ?? source.endIndex)].trimmed
        let (planned, reasoned) = ("\(front) --plan", "\(front) --reason \"more room\"")
        var others: [Word] = []
        while let word = remaining.popFirst() {
            switch word.option {
            case nil where word.isWord(["because"]), .reason?:
                let name = word.option == nil ? "because" : "--reason"
                guard options.reason == nil else {
                    throw WrongInput("`--reason` is there twice.", example: right(reasoned))
                }
                options.reason = try reason(behind: word, &options)
                guard options.reason != nil else {
                    throw WrongInput("`\(name)` needs a text behind it.", example: right(reasoned))
                }
            case nil: others.append(word)
            case .plan?:
                guard !options.planOnly else {
                    throw WrongInput("`--plan` is there twice.", example: right(planned))
                }
                options.planOnly = true
            case .span?:
                throw WrongInput(
                    "`--for` says how long a lock or a freeze lasts; a change has no such time.",
                    example: right(planned)
                )
            case .later(let name)?:
                let line = dropValue(of: name, word)
                options.later = options.later ?? (name, line)
            case .unknown?:
                let name = String(word.text.drop { $0.unicodeScalars.allSatisfy(Dash.isOne) })
                throw WrongInput(
                    "There is no option `--\(name)`; there are `--reason \"text\"` and `--plan`.",
                    example: right(planned)
                )
            }
        }
        remaining = ArraySlice(others)
        dropPoliteWords()
        return options
    }

    /// Drops what belongs to an option of a later version. Returns the line without both.
    mutating func dropValue(of name: String, _ option: Word) -> String {
        let hasValue = name != "emergency" && !option.text.contains("=")
        if hasValue, let value = remaining.first, value.option == nil, !value.isWord(["because"]) {
            remaining.removeFirst()
        }
        let rest = remaining.first.map { source[$0.start...] } ?? ""
        return String("\(source[..<option.start])\(rest)".trimmed)
    }

    /// Reads a reason in quotes, or everything to the end of the line.
    private mutating func reason(behind word: Word, _ options: inout Options) throws(WrongInput) -> String? {
        if remaining.first?.isQuoted == true { return remaining.popFirst().flatMap { CleanText.remark($0.text) } }
        let free = freeText()
        if free.endsInPlan { options.planOnly = true }
        if let option = free.swallowed {
            let start = source[..<word.start].trimmed
            options.swallowed = (option, "\(start) --reason \(Self.quoted(free.whole))")
        }
        return free.text
    }

    /// The text from a place to the end of the line.
    struct FreeText {
        /// The text without a `--plan` at its end; nil if nothing is left.
        var text: String?
        var endsInPlan = false
        /// The first option in it, as typed, that is not this `--plan`.
        var swallowed: String?
        /// The text with everything.
        var whole = ""
    }

    /// Takes everything that is left as free text, and notes the options in it. Inside closed quotes there are none.
    mutating func freeText() -> FreeText {
        defer { remaining = [] }
        var free = FreeText(text: text(to: source.endIndex, remaining))
        free.whole = free.text ?? ""
        var said = remaining
        if let last = said.last, last.option == .plan {
            free.endsInPlan = true
            said = said.dropLast()
            free.text = text(to: last.start, said)
        } else if said.count > 1, let last = said.last, !last.isQuoted, Option.named(last.text.lowercased()) == .plan,
            let dash = said.dropLast().last, !dash.isQuoted, dash.text.unicodeScalars.allSatisfy(Dash.isOne)
        {
            // `-- plan` at the end: a person who wanted to see a plan must not get a change.
            free.swallowed = "\(dash.text) \(last.text)"
        }
        if let option = said.first(where: { !$0.isQuoted && Option(inText: $0.text) != nil }) {
            free.swallowed = option.text
        }
        if said.allSatisfy({ $0.isWord(Self.polite) }) { free.text = nil }
        return free
    }

    /// The longest text in an example: more would make it hard to read.
    private static let longestExample = 200

    /// Returns a text in quotes for an example. It can be typed, and can stand between back-ticks.
    package static func quoted(_ text: String) -> String {
        let inner = text.unicodeScalars.prefix(longestExample).map { "\"`".unicodeScalars.contains($0) ? "'" : $0 }
        let cut = text.unicodeScalars.count > longestExample ? "…" : ""
        return "\"\(String(String.UnicodeScalarView(inner)))\(cut)\""
    }
}
