/// What is only offered, because it may be meant.
extension OtherWords {
    private static let mostOffers = 3

    /// Returns the error that offers lines; the line's own error if none of them can be shown.
    func offer(_ problem: String, _ lines: [String]) -> WrongInput { offer(problem, lines.map { OfferedLine($0) }) }

    func offer(_ problem: String, _ lines: [OfferedLine]) -> WrongInput {
        let shown = lines.filter { grammar.understood($0.line) != nil }
        guard let first = shown.first else { return wrong }
        return WrongInput(problem, example: first.line, offers: Array(shown.prefix(Self.mostOffers)))
    }

    /// Refuses amounts that look like one and are none.
    func refuseAmount() throws(WrongInput) {
        let words = head.map { $0.lowercased() }
        guard let verb = words.firstIndex(of: "scale"), let cluster = head.lazy.compactMap(grammar.named).first else {
            return
        }
        let amount = words[(verb + 1)...].filter { $0 != "to" }
        if amount.contains(where: { $0.hasPrefix("-") }) { throw fewerNodes(words) }
        let ascii = head.map(Self.inASCIIDigits)
        if ascii != head, let reading = certain(ascii).first {
            throw offer("Numbers are written with the digits 0 to 9, so nothing was done.", [reading.line])
        }
        let numbers = amount.filter { $0.first?.isNumber == true }
        guard numbers.count > 1 && hasComma || numbers.contains(where: { $0.contains { !$0.isNumber } }) else { return }
        throw WrongInput(
            "An amount is one whole number, without comma, point or dash.",
            example: "\(cluster.id) scale 4"
        )
    }

    private static func inASCIIDigits(_ word: String) -> String {
        String(word.map { $0.isASCII ? $0 : $0.wholeNumberValue.map { Character(String($0 % 10)) } ?? $0 })
    }

    /// Offers the other order where two bare numbers stand behind an action.
    func offerExchange() throws(WrongInput) {
        guard head.count > 2, let verb = head.first, grammar.named(verb) == nil, grammar.named(head[1]) != nil,
            let reading = read(inOurWords([head[1], verb] + head[2...]))
        else { return }
        throw offer("The cluster comes first; two numbers are never exchanged, so nothing was done.", [reading.line])
    }

    /// Offers a line for each of several clusters that stand side by side: `status 42 and 43`.
    func offerEachCluster() throws(WrongInput) {
        guard let first = head.firstIndex(where: { grammar.named($0) != nil }) else { return }
        var clusters: [String] = []
        var rest = Array(head[..<first])
        if let last = rest.last, Self.prepositions.contains(last.lowercased()) { rest.removeLast() }
        var left = head[first...]
        while let word = left.first, grammar.named(word) != nil {
            clusters.append(word)
            left.removeFirst()
            let next = left.dropFirst().first.flatMap(grammar.named)
            if let joint = left.first, ["and", "&", "+"].contains(joint.lowercased()), next != nil {
                left.removeFirst()
            }
        }
        rest += left
        guard Set(clusters.compactMap { grammar.named($0)?.id }).count == clusters.count, clusters.count > 1,
            !rest.isEmpty
        else { return }
        let lines = clusters.compactMap { certain([$0] + rest).first?.line }
        guard lines.count == clusters.count else { return }
        throw offer("One cluster at a time: nothing was done.", lines)
    }

    /// Offers to take the rest of the line as a name that has several words: `42 image Slurm 24.05`.
    func offerWholeName() throws(WrongInput) {
        guard about.isEmpty else { return }
        for order in [head] + inFront(head) where order.count > 3 && grammar.named(order[0]) != nil {
            let (verb, name) = (inOurWords(order)[1], order.dropFirst(2))
            guard verb == "image", name.contains(where: { $0.contains(where: \.isLetter) }), Int(order[2]) == nil,
                let reading = read([order[0], verb, Words.quoted(name.joined(separator: " "))])
            else { continue }
            throw offer("A name of several words stands in quotes.", [reading.line])
        }
    }

    /// Offers what can be done here for what people call otherwise: `reboot 42`.
    func offerOurVerb() throws(WrongInput) -> Understood? {
        let verb = head.first { grammar.named($0) == nil }?.lowercased() ?? ""
        guard let ours = Self.offeredSynonyms[verb] else { return nil }
        let words = head.map { $0.lowercased() == verb ? ours : $0 }
        if let reading = certain(words).first { throw offer("Here that is called `\(ours)`.", [reading.line]) }
        return try offerWhatIsMissing(words)
    }

    /// Offers what can stand where something is missing: the cluster, or the rest of an action. Returns a look at the only
    /// cluster that there is.
    func offerWhatIsMissing(_ head: [String]) throws(WrongInput) -> Understood? {
        let place = head.lazy.compactMap(grammar.named).first
        var words = head
        if let index = words.firstIndex(where: { grammar.named($0) != nil }) {
            words.remove(at: index)
            if index > 0, Self.prepositions.contains(words[index - 1].lowercased()) { words.remove(at: index - 1) }
        }
        words = words.map { $0.lowercased() }
        guard let typed = inOurWords(words).first else { return nil }
        let verb = Self.synonyms[typed] ?? typed
        let family = grammar.actions.filter { $0.words.first == verb }
        if !family.isEmpty, family.allSatisfy({ $0.fields.isEmpty }) { words.removeAll(where: Self.wholes.contains) }
        if !family.isEmpty, Set(words.dropFirst()).isSubset(of: Self.partsOfActions) {
            let hasToChoose = family.contains { !$0.lists.isEmpty || $0.readsReservedIPs }
            if let place, about.isEmpty, hasToChoose {
                return .incomplete(place, verb: ([verb] + words.dropFirst()).joined(separator: " "))
            }
            try offerAction(family, of: place)
        }
        guard place == nil else { return nil }
        var lines = grammar.clusters.compactMap { read(inOurWords([String($0.id)] + words)) }
        if lines.isEmpty, !family.isEmpty {
            lines = grammar.clusters.prefix(Self.mostOffers).flatMap { nearMisses(of: [String($0.id)] + words) }
            if !lines.isEmpty { throw offer("There is no `\(words.joined(separator: " "))`.", lines.map(\.line)) }
        }
        guard let first = lines.first else { return nil }
        if lines.count == 1, grammar.onlyLooks(first.meaning) { return first.meaning }
        throw offer("On which cluster?", lines.map(\.line))
    }

    /// Offers an action whose first word stands alone, and which has nothing more to choose.
    private func offerAction(_ family: [ActionSpec], of place: Cluster?) throws(WrongInput) {
        let clusters = place.map { [$0] } ?? grammar.clusters
        let needsMore = family.contains { !$0.fields.isEmpty }
        guard !needsMore else {
            // A sample is no offer: nobody has said that it is meant.
            let line = clusters.first.map { "\($0.id) \(family[0].forms[0])" } ?? "help"
            let missing = place.flatMap { problem(["\($0.id)", family[0].words[0]]) } ?? wrong
            throw WrongInput(
                place == nil ? "On which cluster?" : missing.problem,
                example: (about + [line]).joined(separator: " ")
            )
        }
        let lines = clusters.flatMap { cluster in
            family.compactMap { spec in
                understood("\(cluster.id) \(spec.forms[0])").map { reading in
                    OfferedLine(reading.line, label: place == nil ? nil : spec.choice)
                }
            }
        }
        throw offer(place == nil ? "On which cluster?" : "\(family[0].words[0].capitalizedFirst) what?", lines)
    }

    /// What people say for a cluster with all that is in it, where it is still to be chosen what of it is meant.
    private static let wholes: Set<String> = ["all", "everything", "it", "the", "nodes"]
    /// What stands behind an action's first word before what has to be chosen.
    private static let partsOfActions: Set<String> = ["add", "remove", "set", "attach", "detach"]

    private func understood(_ line: String) -> Reading? { read(line.split(separator: " ").map(String.init)) }

    // MARK: Near misses

    /// Offers what can stand where something is missing, if the line has the fewest letters changed that make something of
    /// it: `42 restrat`, `restart prod`.
    func offerWhatIsMissingInNearest() throws(WrongInput) -> Understood? {
        for candidate in candidates(head).sorted(by: { $0.distance < $1.distance }) {
            let names = zip(head, candidate.words).filter { $0 != $1 && grammar.named($1) != nil }
            guard let name = names.first?.1 else {
                if let look = try offerWhatIsMissing(candidate.words) { return look }
                continue
            }
            // Whose name was changed is said with every line.
            let verbs = candidate.words.filter { $0 != name }.map { $0.lowercased() }
                .filter { !Self.wholes.contains($0) && !Self.prepositions.contains($0) }
            let family = grammar.actions.filter { $0.fields.isEmpty && verbs == [$0.words[0]] }
            let lines = family.compactMap { read([name] + $0.words) }
            if !lines.isEmpty { throw offer("There is no cluster `\(names[0].0)` here.", lines.map(\.line)) }
        }
        return nil
    }

    /// Returns the lines that would be right with the fewest letters changed, judged by the whole line: all that are equally
    /// near. Numbers are never changed.
    var nearMisses: [Reading] { nearMisses(of: head) }

    private func nearMisses(of head: [String]) -> [Reading] {
        var found: [(reading: Reading, distance: Int)] = []
        for candidate in candidates(head) {
            for reading in certain(candidate.words) where !found.contains(where: { $0.reading == reading }) {
                found.append((reading, candidate.distance))
            }
        }
        let least = found.map(\.distance).min()
        return found.filter { $0.distance == least }.map(\.reading)
    }

    /// The words with some of them replaced by near ones, and how many letters that changes.
    private func candidates(_ head: [String]) -> [(words: [String], distance: Int)] {
        var lines: [(words: [String], distance: Int)] = [([], 0)]
        for word in head {
            let choices = choices(word)
            lines = lines.flatMap { line in choices.map { (line.words + [$0.word], line.distance + $0.distance) } }
            guard lines.count <= Self.mostCandidates else { return [] }
        }
        return lines.filter { $0.distance > 0 }
    }

    private static let mostCandidates = 100
    private static let mostChoices = 5
    /// What it counts to go on with the name of a cluster whose begin was typed.
    private static let completion = 1

    private func choices(_ word: String) -> [(word: String, distance: Int)] {
        let same = [(word: word, distance: 0)]
        // A word of ours stays: `freeze` alone is no slip of `freezes`.
        guard word.first?.isNumber == false, grammar.named(word) == nil, !grammar.vocabulary.contains(word.lowercased())
        else { return same }
        let begun = grammar.clusters.map(\.name).filter {
            word.count > 1 && $0.lowercased().hasPrefix(word.lowercased())
        }
        .map { (word: $0, distance: Self.completion) }
        let near = nearWords(to: word, among: grammar.clusters.map(\.name) + grammar.vocabulary)
        return same
            + (begun + near.filter { near in !begun.contains { $0.word == near.word } }).prefix(Self.mostChoices)
    }
}
