extension Grammar {
    /// Reads the action and its arguments, in the chat's spelling or the API's own, and the options.
    /// - Parameter prefix: the words in front of the cluster, which the examples in errors repeat.
    func askedChange(
        _ words: inout Words,
        of cluster: Cluster,
        behind prefix: String = ""
    ) throws(WrongInput) -> AskedChange {
        let start = "\(prefix)\(cluster.id) "
        // What is typed behind `why` does nothing; anywhere else no action is an example that the person has not named.
        let usual = start + (prefix.isEmpty ? "status" : "scale 4")
        let options = try words.takeOptions { understood($0) ?? usual }
        if let later = options.later {
            throw Self.later(option: "--\(later.name)", right: inOurWords(later.line) ?? usual)
        }
        let (spec, isAPISpelling) = try action(&words, of: cluster, start: start, usual: usual)
        let example = start + (isAPISpelling ? apiForm(spec) : chatForm(spec))
        words.context = example
        let arguments = isAPISpelling ? try fields(of: spec, &words) : try spec.parse(&words)
        if let surplus = words.remaining.first {
            guard !surplus.isWord(["at", "in"]) else {
                let line = words.source[..<surplus.start].trimmed
                throw Self.later(option: surplus.text.lowercased(), right: understood(String(line)) ?? example)
            }
            throw WrongInput("`\(words.word() ?? "")` is one word too many.", example: example)
        }
        // This is checked last: by now the rest of the line is known to be right, and so is the example.
        if let swallowed = options.swallowed {
            throw WrongInput(
                "`\(swallowed.option)` stands inside the reason, where no option is obeyed. Nothing was done. Put the reason "
                    + "in quotes, and an option that is meant outside of them.",
                example: understood(swallowed.example) ?? example,
                isSure: true
            )
        }
        return AskedChange(
            cluster: cluster,
            action: spec.name,
            arguments: arguments,
            reason: options.reason,
            planOnly: options.planOnly
        )
    }

    private func action(
        _ words: inout Words,
        of cluster: Cluster,
        start: String,
        usual: String
    ) throws(WrongInput) -> (ActionSpec, isAPISpelling: Bool) {
        guard let first = words.next, let taken = words.remaining.first else {
            throw WrongInput("What about \(cluster.title)? Name an action.", example: usual)
        }
        _ = words.word()
        if let spec = actions.first(where: { $0.name == first }) { return (spec, true) }
        let family = actions.filter { $0.words.first == first }
        guard let one = family.first else {
            try Self.refuseLater(first)
            if let form = commandsByWord[first]?.form, form.place == .first {
                let line = form.examples.first?.replacing("{cluster}", with: "\(cluster.id)")
                let right = line.flatMap(understood) ?? understood(form.words.joined(separator: " "))
                throw WrongInput("`\(first)` stands first on the line.", example: right ?? "help")
            }
            let near = nearest(to: first, among: actions.flatMap { [$0.words[0], $0.name] })
            throw WrongInput(
                "There is no action `\(first)`.\(near == nil ? " There are \(allActions)." : "")",
                example: near.flatMap { understood(words.source, with: $0, insteadOf: taken) } ?? usual
            )
        }
        if one.words.count == 1 { return (one, false) }
        if let second = words.next, let spec = family.first(where: { $0.words.last == second }) {
            _ = words.word()
            return (spec, false)
        }
        let choices = family.map { "`\($0.words.joined(separator: " "))`" }.joined(separator: " or ")
        let problem = words.next.map { "There is no `\(first) \($0)`" } ?? "`\(first)` alone is not enough"
        // Which of them is meant is asked where nothing else has to be chosen.
        let wrong = words.remaining.first
        let offers = family.filter { $0.fields.isEmpty }.compactMap { spec -> OfferedLine? in
            // With its reason and options: what was typed as a plan must not become a change.
            let right = wrong == nil ? spec.words.joined(separator: " ") : spec.words.last ?? ""
            let line = understood(words.source, with: right, insteadOf: wrong ?? taken)
            let isPlain =
                !words.source.contains("--") && !words.remaining.contains { $0.isQuoted || $0.isWord(["because"]) }
            return (line ?? (isPlain ? start + chatForm(spec) : nil)).map { OfferedLine($0) }
        }
        throw WrongInput("\(problem): say \(choices).", example: start + chatForm(one), offers: offers)
    }

    private var allActions: String {
        actions.map { "`\($0.words.joined(separator: " "))`" }.joined(separator: ", ")
    }

    /// Reads the fields in the API's spelling: every field once, as `name=value`.
    private func fields(of spec: ActionSpec, _ words: inout Words) throws(WrongInput) -> [String: JSONValue] {
        var texts: [String: [String]] = [:]
        var current: String?
        while let word = words.word() {
            if let equals = word.firstIndex(of: "=") {
                let name = word[..<equals].lowercased()
                guard spec.fields.contains(where: { $0.name == name }) else {
                    throw WrongInput("`\(spec.name)` has no field `\(name)`.", example: words.context)
                }
                guard texts[name] == nil else { throw WrongInput("`\(name)` is there twice.", example: words.context) }
                current = name
                let value = String(word[word.index(after: equals)...])
                texts[name] = value.isEmpty ? [] : [value]
            } else if let current, spec.fields.contains(where: { $0.name == current && $0.kind == .numbers }) {
                texts[current]?.append(word)
            } else {
                throw WrongInput("`\(word)` is one word too many.", example: words.context)
            }
        }
        var arguments: [String: JSONValue] = [:]
        for field in spec.fields {
            var values = Words(texts[field.name] ?? [], context: words.context, ipTypes: ipTypes)
            arguments[field.name] = try field.read(&values)
            if let surplus = values.word() {
                throw WrongInput("`\(surplus)` is one word too many.", example: words.context)
            }
        }
        return arguments
    }

    /// Returns an example in the chat's spelling, with a type of IP address if several are configured.
    private func chatForm(_ spec: ActionSpec) -> String {
        let needsType = ipTypes.count > 1 && spec.fields.contains { $0.kind == .ipType }
        return ([spec.forms[0]] + (needsType ? ipTypes.prefix(1) : [])).joined(separator: " ")
    }

    /// Returns an example in the API's spelling.
    private func apiForm(_ spec: ActionSpec) -> String {
        ([spec.name] + spec.fields.map { $0.example(ipTypes: ipTypes) }).joined(separator: " ")
    }
}
