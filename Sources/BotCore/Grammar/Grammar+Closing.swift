extension Grammar {
    /// What was typed behind `lock`, `unlock`, `freeze` or `unfreeze`.
    package struct Closing {
        package var reason: String?
        /// The value of `--for`; nil if it is not there.
        package var span: Duration?
        package var scope: FreezeScope?
    }

    /// Reads a reason, with or without quotes, and the option `--for`, in any order; for a freeze also what it is about,
    /// in front of a reason without quotes. Such a reason goes on to the end of the line.
    /// - Parameters:
    ///   - start: the words in front, which the examples in errors repeat: `42 lock`.
    ///   - right: the whole command, as errors show it.
    ///   - deciding: the command, for errors: `locking`.
    package func closing(
        _ words: inout Words,
        behind start: String,
        right: String,
        deciding: String,
        takesSpan: Bool = false,
        takesScope: Bool = false
    ) throws(WrongInput) -> Closing {
        var closing = Closing()
        if words.remaining.contains(where: { $0.option == .plan }) {
            throw WrongInput("Nothing was done: \(deciding) has no plan.", example: right)
        }
        while let word = words.remaining.first {
            switch word.option {
            case .span? where takesSpan:
                words.remaining.removeFirst()
                guard closing.span == nil else { throw WrongInput("`--for` is there twice.", example: right) }
                closing.span = try span(&words, right: right)
            case nil where takesSpan && closing.span == nil && isSpan(words.remaining):
                // `lock for 2h`: it means the option, and the answer says until when.
                words.remaining.removeFirst()
                closing.span = try span(&words, right: right)
            case .reason?: try readReason(&words, named: true, into: &closing, start, right, takesSpan: takesSpan)
            case nil where word.isWord(["because"]):
                try readReason(&words, named: true, into: &closing, start, right, takesSpan: takesSpan)
            case nil where word.isQuoted && closing.reason == nil:
                try readReason(&words, named: false, into: &closing, start, right, takesSpan: takesSpan)
            case nil where word.isWord(Words.polite): words.remaining.removeFirst()
            case nil where takesScope && closing.scope == nil && mayBeScope(word, words, closing):
                closing.scope = try scope(&words, right: right)
            case nil where closing.reason == nil:
                try readReason(&words, named: false, into: &closing, start, right, takesSpan: takesSpan)
            case nil: throw WrongInput("`\(word.text)` is one word too many.", example: right)
            case .some: throw WrongInput("`\(word.text)` is no option of this command.", example: right)
            }
        }
        return closing
    }

    /// Returns whether the next words are `for` and a time.
    private func isSpan(_ words: ArraySlice<Words.Word>) -> Bool {
        guard let word = words.first, !word.isQuoted, word.isWord(["for"]), let next = words.dropFirst().first else {
            return false
        }
        return WrittenSpan.read(next.text.lowercased()) != nil
    }

    /// Returns whether the next word is what a freeze is about, and not the begin of a reason without quotes.
    private func mayBeScope(_ word: Words.Word, _ words: Words, _ closing: Closing) -> Bool {
        if isScope(word) { return true }
        // Behind a reason, and in front of one, there is nothing else that it could be: so a mistyped name is found.
        guard closing.reason == nil else { return true }
        guard let next = words.remaining.dropFirst().first else { return false }
        return next.isQuoted || next.option != nil || next.isWord(["because"])
    }

    private func isScope(_ word: Words.Word) -> Bool {
        guard !word.isQuoted else { return false }
        return word.isWord(["everything"]) || word.text.contains("=") || named(word.text) != nil
    }

    private func scope(_ words: inout Words, right: String) throws(WrongInput) -> FreezeScope {
        if words.take("everything") { return .everything }
        guard let word = words.remaining.first, !word.isQuoted, let equals = word.text.firstIndex(of: "=") else {
            return .cluster(try cluster(&words, example: right))
        }
        words.remaining.removeFirst()
        let (label, value) = (
            word.text[..<equals].lowercased(), word.text[word.text.index(after: equals)...].lowercased()
        )
        let labels = clusters.flatMap(\.labels)
        guard let found = labels.first(where: { $0.key.lowercased() == label && $0.value.lowercased() == value }) else {
            let known = Set(labels.map { "`\($0.key)=\($0.value)`" }).sorted().prefix(20).joined(separator: ", ")
            throw WrongInput(
                "No cluster carries `\(word.text)`; there is \(known.isEmpty ? "no label" : known).",
                example: right
            )
        }
        return .label(found.key, value: found.value)
    }

    /// Reads the value of `--for`.
    private func span(_ words: inout Words, right: String) throws(WrongInput) -> Duration {
        let (least, most) = (ClosingSpan.shortest, ClosingSpan.longest)
        guard let taken = words.remaining.first, let word = words.word() else {
            throw WrongInput("Behind `--for` stands a time such as `30m`, `2h` or `1d`.", example: right)
        }
        guard let span = WrittenSpan.read(word.lowercased()) else {
            // `2 hours` are two words.
            let meant = WrittenSpan.spelled(word) ?? words.next.flatMap { WrittenSpan.spelled("\(word) \($0)") }
            let hint = meant.map { ": `\($0.written)`" } ?? ", such as `30m`, `2h` or `1d`"
            throw WrongInput(
                "The time behind `--for` is written as digits and a unit, without a space\(hint).",
                example: right
            )
        }
        guard span >= least, span <= most else {
            let line = understood(words.source, with: Self.possible(span) ?? word, insteadOf: taken)
            throw WrongInput(
                "`--for` is from 1 second to 7 days, and `\(word)` is not. Whoever needs longer says so again then.",
                example: line ?? right,
                offers: line.map { [OfferedLine($0)] } ?? []
            )
        }
        return span
    }

    private func readReason(
        _ words: inout Words,
        named isNamed: Bool,
        into closing: inout Closing,
        _ start: String,
        _ right: String,
        takesSpan: Bool
    ) throws(WrongInput) {
        guard closing.reason == nil else { throw WrongInput("The reason is there twice.", example: right) }
        if isNamed { words.remaining.removeFirst() }
        let hasMore = !words.isEmpty
        if let quoted = words.remaining.first, quoted.isQuoted {
            words.remaining.removeFirst()
            closing.reason = CleanText.remark(quoted.text)
        } else {
            let all = words.remaining
            let typed = words.source[..<(all.first?.start ?? words.source.endIndex)].trimmed
            let free = words.freeText()
            if let option = free.swallowed {
                throw WrongInput(
                    "`\(option)` stands inside the reason, where no option is obeyed. Nothing was done. Put the reason in "
                        + "quotes, and an option that is meant outside of them.",
                    example: rightLine(all, words.source, typed, free.whole, takesSpan: takesSpan) ?? right,
                    isSure: true
                )
            }
            closing.reason = free.text
        }
        guard closing.reason != nil else {
            throw WrongInput(hasMore ? "The reason is empty." : "The reason is missing.", example: right)
        }
    }

    /// Returns the line with the reason in quotes: a `--for` with its time at the end stands behind it, everything else in
    /// it.
    private func rightLine(
        _ all: ArraySlice<Words.Word>,
        _ source: String,
        _ typed: Substring,
        _ whole: String,
        takesSpan: Bool
    ) -> String? {
        let (last, option) = (all.last, all.dropLast().last)
        if takesSpan, let last, let option, option.option == .span, let span = WrittenSpan.read(last.text),
            let text = CleanText.remark(source[(all.first?.start ?? option.start)..<option.start])
        {
            return understood("\(typed) \(Words.quoted(text)) --for \(Self.possible(span) ?? last.text)")
        }
        return understood("\(typed) \(Words.quoted(whole))")
    }

    /// Returns the nearest span that is possible, as it is typed; nil if this one is.
    private static func possible(_ span: Duration) -> String? {
        if span > ClosingSpan.longest { return "7d" }
        return span < ClosingSpan.shortest ? "1s" : nil
    }

    /// Reads the name of a freeze: `F1`, one in quotes, or one of the configuration; nil if no word is left.
    ///
    /// A name of several words is understood without quotes, too, if the line begins with it.
    package func freezeName(_ words: inout Words) -> String? {
        guard let first = words.remaining.first, first.option == nil, first.text.lowercased() != "because" else {
            return nil
        }
        if let number = Freeze.number(in: first.text) {
            words.remaining.removeFirst()
            return Freeze.name(number)
        }
        if !first.isQuoted {
            let typed = words.remaining.map { $0.isQuoted ? "\"" : Dash.plain($0.text).lowercased() }
            let fitting = freezes.map { (name: $0, words: $0.lowercased().split(separator: " ").map(String.init)) }
                .filter { typed.starts(with: $0.words) }
            if let longest = fitting.max(by: { $0.words.count < $1.words.count }) {
                words.remaining = words.remaining.dropFirst(longest.words.count)
                return longest.name
            }
        }
        words.remaining.removeFirst()
        return freezes.first { $0.lowercased() == first.text.lowercased() } ?? first.text
    }
}
