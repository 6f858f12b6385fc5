/// A line that is not right as it stands, and what it means: other words for the same, another order, a typing error.
///
/// What can mean one thing only is understood. Everything else about a change is only offered, as a line that would be right:
/// two bare numbers are never exchanged, and no name is ever corrected without a word by the person.
struct OtherWords {
    let grammar: Grammar
    let line: String
    /// The words of a command that is about another one, `why` or `who can approve`; empty if it is about none.
    let about: [String]
    /// The words behind those, in front of free text and options.
    let head: [String]
    /// The rest, as it was typed.
    let tail: String
    /// Whether the line ends in a question mark.
    private let asks: Bool
    /// What is wrong with the line as it stands.
    let wrong: WrongInput
    var hasComma: Bool { line.contains(",") }

    /// More words than any command has are not looked at.
    private static let mostWords = 12

    init(_ grammar: Grammar, _ line: String, wrong: WrongInput) {
        self.grammar = grammar
        self.line = line
        self.wrong = wrong
        let words = (try? Words(line, context: "", ipTypes: grammar.ipTypes))?.remaining ?? []
        let front = words.prefix { !$0.isQuoted && $0.option == nil && !$0.isWord(["because"]) }
        // A mark at the end asks, wherever the line ends; what is offered goes without it.
        asks = line.hasSuffix("?")
        let behind = words.dropFirst(front.count).first.map { String(line[$0.start...]) } ?? ""
        tail = Self.withoutQuestionMark(behind)
        var head = front.filter { !$0.isWord(Words.polite) }.map { Dash.plain($0.text) }
        if tail.isEmpty, asks, let last = head.popLast() {
            let bare = last.replacing("?", with: "")
            if !bare.isEmpty { head.append(bare) }
        }
        about = grammar.wordsAboutCommands.first { head.map { $0.lowercased() }.starts(with: $0) } ?? []
        self.head = Array(head.dropFirst(about.count))
    }

    static func withoutQuestionMark(_ text: String) -> String {
        String(text.reversed().drop { $0 == "?" || $0 == " " }.reversed())
    }

    /// Returns what the line means.
    /// - Throws: ``WrongInput`` with the lines that may be meant.
    func meaning() throws(WrongInput) -> Understood {
        if wrong.isSure { throw wrong }
        if isGreeting { return .command(grammar.whenEmpty) }
        try refuseLaterOption()
        try refuseSeveral()
        try offerBecause()
        guard (1...Self.mostWords).contains(head.count) else { throw closed ?? wrong }
        if let meaning = try whatIsSaid() { return meaning }
        try refuseFewerNodes()
        let readings = certain(head)
        if let reading = readings.first, readings.count == 1 {
            if asks, !grammar.onlyLooks(reading.meaning) {
                throw offer("A question is no order, so nothing was done.", [reading.line])
            }
            guard !reading.isReordered else {
                throw offer("The cluster comes first, and ids are never put in another order.", [reading.line])
            }
            return reading.meaning
        }
        guard readings.isEmpty else { throw offer("That can mean more than one thing.", readings.map(\.line)) }
        if let problem = sureProblem { throw problem }
        if let history = whatHappened { return history }
        try refuseImpossible()
        try offerUnit()
        try refuseAmount()
        try offerExchange()
        try offerEachCluster()
        try offerWholeName()
        if let look = try offerWhatIsMissing(head) { return look }
        if let look = try offerOurVerb() { return look }
        try offerAmount()
        let near = nearMisses
        guard let best = near.first else {
            if let look = try offerWhatIsMissingInNearest() { return look }
            throw problemInOrder
        }
        if near.count == 1, !asks, grammar.onlyLooks(best.meaning) { return best.meaning }
        throw offer(wrong.problem, near.map(\.line))
    }

    // MARK: Not one command

    private var isGreeting: Bool {
        let bare = line.unicodeScalars.drop { Dash.isOne($0) }
        return Self.greetings.contains(String(String.UnicodeScalarView(bare)).lowercased())
    }

    private static let greetings: Set<String> = ["h", "?", "help", "hello", "hi", "hey", "usage", "commands"]

    /// Refuses an option of a later version wherever it stands in front of free text.
    private func refuseLaterOption() throws(WrongInput) {
        guard var words = try? Words(line, context: "", ipTypes: grammar.ipTypes) else { return }
        while let word = words.remaining.popFirst() {
            if word.option == .reason || word.isWord(["because"]) {
                guard words.remaining.first?.isQuoted == true else { return }
                words.remaining.removeFirst()
            } else if case .later(let name)? = word.option {
                let rest = words.dropValue(of: name, word)
                throw Grammar.later(option: "--\(name)", right: grammar.inOurWords(rest) ?? "help")
            }
        }
    }

    /// Refuses several commands on a line.
    private func refuseSeveral() throws(WrongInput) {
        let parts = line.split { ";&|\n".contains($0) }.map { String($0.trimmed) }.filter { !$0.isEmpty }
        guard (2...4).contains(parts.count) else { return }
        let known = parts.compactMap { part in certain(part.split(separator: " ").map(String.init)).first?.line }
        guard known.count == parts.count else { return }
        throw offer("One change at a time: nothing was done.", known)
    }

    /// Refuses what people ask of such a bot and it cannot do.
    private func refuseImpossible() throws(WrongInput) {
        let verbs = head.filter { grammar.named($0) == nil }.map { $0.lowercased() }
        guard let verb = verbs.first, about.isEmpty, head.count <= 3, Self.impossible.contains(verb) else { return }
        let cluster = head.lazy.compactMap(grammar.named).first ?? grammar.clusters.first
        throw WrongInput(
            "`\(verb)` is nothing that I can do. I can scale, restart, change image, SSH keys, IPs and security groups, and "
                + "show status and history. Everything else is in the TIR dashboard.",
            example: cluster.map { "\($0.id) status" } ?? "help"
        )
    }

    private static let impossible: Set<String> = [
        "logs", "log", "stop", "start", "delete", "remove", "create", "destroy", "terminate", "ssh", "exec", "deploy",
        "run",
        "kill", "shutdown", "pause", "resume", "upgrade", "rollback", "drain",
    ]

    /// Refuses to take nodes away, in whatever words.
    private func refuseFewerNodes() throws(WrongInput) {
        let words = head.map { $0.lowercased() }
        guard about.isEmpty, let verb = words.first(where: { grammar.named($0) == nil }) else { return }
        let isDown = verb == "scale" && words.contains("down")
        let isLess = Self.lessening.contains(verb) && words.contains(where: isUnit)
        guard isDown || isLess || ["downscale", "shrink"].contains(verb) else { return }
        throw fewerNodes(words)
    }

    func fewerNodes(_ words: [String]) -> WrongInput {
        let cluster = words.lazy.compactMap(grammar.named).first ?? grammar.clusters.first
        return WrongInput(
            "Nodes cannot be removed from chat, only added. The TIR dashboard can.",
            example: cluster.map { "\($0.id) status" } ?? "help"
        )
    }

    private static let lessening: Set<String> = [
        "remove", "delete", "reduce", "decrease", "drop", "terminate", "destroy", "fewer", "less",
    ]

    /// `what happened to 42 since tuesday?` is a look at its history.
    private var whatHappened: Understood? {
        let words = head.map { $0.lowercased() }
        guard about.isEmpty, tail.isEmpty, words.contains(where: { ["happened", "changed"].contains($0) }) else {
            return nil
        }
        let cluster = head.lazy.compactMap(grammar.named).first.map { ["\($0.id)"] } ?? []
        let since = words.firstIndex(of: "since").map { Array(words[$0...].prefix(3)) } ?? []
        let day = words.last.flatMap { ["today", "yesterday"].contains($0) ? ["since", $0] : nil } ?? []
        let spans = since.isEmpty ? [day] : [since, Array(since.prefix(2))]
        return spans.lazy.compactMap { read(cluster + ["history"] + $0)?.meaning }.first
    }

    // MARK: What is certain

    /// A line that would be right, and what it means.
    struct Reading: Hashable {
        let line: String
        let meaning: Understood
        /// Whether the cluster stood behind ids or names of other things: no change is made of that without a click.
        var isReordered = false
    }

    /// Returns the different things that these words mean for certain, in other words or another order.
    func certain(_ head: [String]) -> [Reading] {
        guard head.count <= Self.mostWords else { return [] }
        let plain = withoutMark(head)
        var found: [Reading] = []
        for order in [plain] + inFront(plain) {
            let ours = inOurWords(order)
            guard var reading = read(ours), !found.contains(where: { $0.meaning == reading.meaning }) else { continue }
            reading.isReordered = order != plain && choosesThings(ours.dropFirst().first) && !isIncomplete(reading)
            found.append(reading)
        }
        return found
    }

    /// What is wrong with the line in another order, whatever else may be meant.
    private var sureProblem: WrongInput? {
        let plain = withoutMark(head)
        return ([plain] + inFront(plain)).lazy.compactMap { problem($0) }.first { $0.isSure }
    }

    /// What is wrong with the line with the cluster in front, where it is told apart; else with the line as it stands.
    private var problemInOrder: WrongInput {
        guard let first = head.first, grammar.formBehindCluster(first.lowercased()) != nil else { return wrong }
        return inFront(withoutMark(head)).lazy.compactMap { problem($0) }.first ?? wrong
    }

    /// Returns what is wrong with the line in this order; nil if it is right.
    func problem(_ order: [String]) -> WrongInput? {
        do throws(WrongInput) {
            _ = try grammar.strictly(whole(inOurWords(order)))
            return nil
        } catch {
            return error
        }
    }

    private func isIncomplete(_ reading: Reading) -> Bool {
        if case .incomplete = reading.meaning { true } else { false }
    }

    /// Returns whether behind this word stand things that have ids.
    private func choosesThings(_ word: String?) -> Bool {
        grammar.actions.contains { ($0.words.first == word || $0.name == word) && $0.listOfNames != nil }
    }

    /// Returns the words with a cluster's number as it is: `#42` is often written so.
    func withoutMark(_ words: [String]) -> [String] {
        words.map { word in
            guard word.hasPrefix("#"), grammar.named(String(word.dropFirst())) != nil else { return word }
            return String(word.dropFirst())
        }
    }

    /// Returns the orders with a cluster in front that is told apart by its name, by a word before it, or because the only other
    /// number has its unit behind it. Of two bare numbers none is.
    func inFront(_ words: [String]) -> [[String]] {
        guard words.count > 1, let first = words.first, grammar.named(first) == nil else { return [] }
        // A reason may name clusters, too: behind these words only the first one can be meant.
        let takesReason = ["lock", "unlock"].contains(first.lowercased())
        let last = takesReason ? 1 : words.count - 1
        var orders: [[String]] = []
        for index in 1...last {
            guard let cluster = grammar.named(words[index]) else { continue }
            var rest = words
            rest.remove(at: index)
            if takesReason {
                if !rest.contains(where: { grammar.named($0) != nil }) { orders.append([words[index]] + rest) }
                continue
            }
            // `scale 42 to 43` can be about either.
            if words.dropFirst(index + 1).first?.lowercased() == "to" { orders.append([words[index]] + rest) }
            let isNamed = String(cluster.id) != words[index]
            if Self.prepositions.contains(words[index - 1].lowercased()) {
                var without = rest
                without.remove(at: index - 1)
                orders.append([words[index]] + without)
            }
            let others = rest.indices.filter { rest[$0].first?.isNumber == true }
            let isMarked =
                others.count == 1 && isUnit(rest.dropFirst(others[0] + 1).first)
                && grammar.named(rest[others[0]]) == nil
            // The number of a cluster may be that of a thing that is chosen by number.
            let verb = rest.first.map { Self.synonyms[$0.lowercased()] ?? $0.lowercased() }
            let isOnly = others.isEmpty && (!choosesThings(verb) || rest.count == 1)
            if isNamed || isMarked && !isUnit(words.dropFirst(index + 1).first) || isOnly {
                orders.append([words[index]] + rest)
            }
        }
        return orders.filter { order in !meansAnUnknownCluster(words, besides: order[0]) }
    }

    func isUnit(_ word: String?) -> Bool { word.map { Self.units.contains($0.lowercased()) } ?? false }

    /// Whether a word before a number says that it is a cluster, and it is none: then the cluster that is known may be an amount.
    private func meansAnUnknownCluster(_ words: [String], besides cluster: String) -> Bool {
        guard String(grammar.named(cluster)?.id ?? 0) == cluster else { return false }
        return words.indices.dropFirst().contains { index in
            Self.prepositions.contains(words[index - 1].lowercased()) && Int(words[index]) != nil
                && grammar.named(words[index]) == nil && !isUnit(words.dropFirst(index + 1).first)
        }
    }

    static let prepositions: Set<String> = ["to", "on", "of", "for", "in", "at"]
    private static let units: Set<String> = ["node", "nodes"]

    /// Returns the same with the words that this grammar has for what people say. A reason stays as it is.
    func inOurWords(_ words: [String]) -> [String] {
        guard let cluster = words.first else { return words }
        if let command = Self.otherCommands[cluster.lowercased()] { return [command] + words.dropFirst() }
        let isBehindCluster = grammar.named(cluster) != nil
        var rest = Array(isBehindCluster ? words.dropFirst() : words[...])
        guard let typed = rest.first?.lowercased() else { return words }
        let verb = Self.synonyms[typed] ?? typed
        guard verb == "add" || verb == "grow" || grammar.actions.contains(where: { $0.words[0] == verb }) else {
            return words
        }
        rest = rest.map { $0.lowercased() }
        // Without `set`, `add` or `remove`, keys are replaced: nobody who says `key 13` surely means that.
        let isSure =
            verb != "ssh-keys" || typed == verb || ["set", "add", "remove"].contains(rest.dropFirst().first ?? "")
        guard isSure else { return words }
        rest = [verb] + rest.dropFirst().map { Self.parts[$0] ?? $0 }
        if Self.growing.contains(verb), isBehindCluster,
            let amount = amount(Array(rest.dropFirst()), isScale: verb == "scale")
        {
            rest = ["scale"] + amount
        }
        return isBehindCluster ? [cluster] + rest : rest
    }

    /// Returns the amount in what stands behind `scale` or `add`; nil where it may be about something else.
    private func amount(_ words: [String], isScale: Bool) -> [String]? {
        let said = plain(words)
        let isMarked = said.indices.contains {
            said[$0].first?.isNumber == true && isUnit(said.dropFirst($0 + 1).first)
        }
        guard isScale || isMarked && !said.contains("to") else { return nil }
        // One unit goes with an amount; a second one is surplus.
        guard let unit = said.firstIndex(where: isUnit) else { return said }
        return Array(said[..<unit] + said[(unit + 1)...])
    }

    /// Returns an amount without words that add nothing to it, in digits.
    func plain(_ amount: [String]) -> [String] {
        amount.filter { !Self.fillers.contains($0) }.map { Self.numbers[$0] ?? $0 }
    }

    static let growing: Set<String> = ["scale", "add", "grow"]
    private static let fillers: Set<String> = ["by", "up", "more", "another"]
    /// Other words for an action's first word.
    static let synonyms: [String: String] = [
        "keys": "ssh-keys", "key": "ssh-keys", "sshkeys": "ssh-keys", "ssh-key": "ssh-keys", "images": "image",
        "ips": "ip",
        "groups": "sg", "security-group": "sg", "security-groups": "sg", "sgs": "sg",
    ]
    /// Other words for commands: the button says Withdraw.
    fileprivate static let otherCommands = ["withdraw": "cancel"]
    /// Other words for an action's first word, which only lead to an offer.
    static let offeredSynonyms = ["reboot": "restart"]
    /// Other words for those behind it.
    private static let parts: [String: String] = ["worker": "workers"]
    private static let numbers: [String: String] = [
        "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
        "nine": "9",
        "ten": "10", "eleven": "11", "twelve": "12",
    ]

    func read(_ words: [String]) -> Reading? {
        let whole = whole(words)
        guard let meaning = try? grammar.strictly(whole) else { return nil }
        return Reading(line: whole, meaning: meaning)
    }

    /// Returns the line with these words in front of its free text and options.
    private func whole(_ words: [String]) -> String {
        let line = (about + words).joined(separator: " ")
        return tail.isEmpty ? line : "\(line) \(tail)"
    }
}

extension Grammar {
    /// Returns the line, as the help shows it where it is typed otherwise; nil where it is not right for certain.
    func inOurWords(_ line: String) -> String? {
        if let line = understood(line) { return line }
        let other = OtherWords(self, line, wrong: WrongInput("", example: "help"))
        return other.certain(other.head).first?.line
    }

    /// Returns the word that stands here for what people also say; nil where there is none.
    package static func ourWord(for word: String) -> String? {
        OtherWords.synonyms[word] ?? OtherWords.offeredSynonyms[word] ?? OtherWords.otherCommands[word]
    }
}
