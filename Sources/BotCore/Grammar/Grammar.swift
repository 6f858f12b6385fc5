/// Turns a typed text into a command. A pure, total function: every text is a command or a ``WrongInput``.
package struct Grammar: Sendable {
    let clusters: [Cluster]
    let ipTypes: [String]
    /// What a pasted line may begin with, as if it were not there.
    private let commandWord: String

    /// How many entries `history` shows unless told otherwise, and at most: what fits into one message.
    package static let usualHistory = 10
    package static let mostHistory = 50

    /// Those of them that will be commands or actions and are not yet.
    private static let laterWords: Set<String> = [
        "again", "undo", "lock", "unlock", "freeze", "unfreeze", "emergency", "review", "may", "open",
    ]

    /// Says of a word that is to come that it is to come.
    static func refuseLater(_ word: String) throws(WrongInput) {
        if laterWords.contains(word) { throw WrongInput("`\(word)` is not supported yet.", example: "help") }
    }

    package init(clusters: [Cluster], ipTypes: [String], commandWord: String = "/cluster") {
        self.clusters = clusters
        self.ipTypes = ipTypes
        self.commandWord = commandWord
    }

    /// The words that a command begins with when it begins with no cluster.
    private static let commandWords = [
        "help", "list", "pending", "whoami", "version", "show", "history", "why", "who", "approve", "deny", "cancel",
        "confirm", "resolve",
    ]

    /// Understands what was typed after `/cluster`.
    package func command(_ text: String) throws(WrongInput) -> Command {
        let example = self.example(#"scale 4 --reason "more room""#)
        let line = TypedText.command(in: try TypedText.normalized(text), commandWord: commandWord)
        var words = try Words(line, context: example, ipTypes: ipTypes)
        while let first = words.remaining.first, first.isWord(Words.polite), named(first.text) == nil {
            words.remaining.removeFirst()
        }
        guard let first = words.next else { return .help(topic: nil) }
        if let command = try wholeCommand(first, &words) { return command }
        return try clusterCommand(&words)
    }

    /// The commands that begin with a word of their own; nil if the first word is none of them.
    private func wholeCommand(_ first: String, _ words: inout Words) throws(WrongInput) -> Command? {
        guard Self.commandWords.contains(first) else { return nil }
        _ = words.word()
        switch first {
        case "help":
            words.dropPoliteWords()
            return .help(topic: words.rest())
        case "list": return try alone(.list, words, "list")
        case "pending": return try alone(.pending, words, "pending")
        case "whoami": return try alone(.whoami, words, "whoami")
        case "version": return try alone(.version, words, "version")
        case "history": return try history(of: nil, &words)
        case "why": return .why(try askedChange(&words, behind: "why "))
        case "who":
            let question = "who can approve "
            guard words.take("can"), words.take("approve") else {
                throw WrongInput(
                    "`who` goes on with `can approve` and a command.",
                    example: example("restart cluster", behind: question)
                )
            }
            return .whoCanApprove(try askedChange(&words, behind: question))
        default: return try decision(first, &words)
        }
    }

    /// The commands that begin with a cluster.
    private func clusterCommand(_ words: inout Words) throws(WrongInput) -> Command {
        guard let cluster = try cluster(&words) else { return .help(topic: nil) }
        while words.remaining.first?.isWord(Words.polite) == true { words.remaining.removeFirst() }
        switch words.next {
        case nil:
            throw WrongInput(
                "What about \(cluster.title)? Name an action, `status` or `history`.",
                example: "\(cluster.id) status"
            )
        case "status":
            _ = words.word()
            return try alone(.status(cluster: cluster), words, "\(cluster.id) status")
        case "history":
            _ = words.word()
            return try history(of: cluster, &words)
        default:
            return .change(try askedChange(&words, of: cluster))
        }
    }

    private func history(of cluster: Cluster?, _ words: inout Words) throws(WrongInput) -> Command {
        let example = (cluster.map { "\($0.id) " } ?? "") + "history 20"
        words.context = example
        words.dropPoliteWords()
        guard !words.isEmpty else { return .history(cluster: cluster, count: Self.usualHistory) }
        let count = try words.number("how many entries")
        guard count <= Self.mostHistory else {
            throw WrongInput("At most \(Self.mostHistory) entries fit into a message.", example: example)
        }
        return try alone(.history(cluster: cluster, count: count), words, example)
    }

    /// - Parameter prefix: the words in front, which the examples in errors repeat.
    private func askedChange(_ words: inout Words, behind prefix: String) throws(WrongInput) -> AskedChange {
        guard let cluster = try cluster(&words) else {
            throw WrongInput("Name a cluster and an action.", example: example("restart cluster", behind: prefix))
        }
        return try askedChange(&words, of: cluster, behind: prefix)
    }

    /// A command about a cluster that can be named here; `help` where there is none.
    private func example(_ rest: String, behind prefix: String = "") -> String {
        clusters.first.map { "\(prefix)\($0.id) \(rest)" } ?? "help"
    }

    /// The cluster that the next word names; nil if there is no word.
    private func cluster(_ words: inout Words) throws(WrongInput) -> Cluster? {
        guard let taken = words.remaining.first, let word = words.word() else { return nil }
        if let known = named(word) { return known }
        let name = Dash.plain(word).lowercased()
        try Self.refuseLater(name)
        // Behind `why` stands no other command.
        let isFirst = words.source.unicodeScalars.startIndex == taken.start
        let near = nearest(to: name, among: clusters.map(\.name) + (isFirst ? Self.commandWords : []))
        throw WrongInput(
            "There is no cluster or command `\(word)` here." + (near.map { " Did you mean `\($0)`?" } ?? ""),
            example: near.flatMap { understood(words.source, with: $0, insteadOf: taken) ?? understood("\($0) status") }
                ?? "list"
        )
    }

    /// The cluster of this name or id, in any capitals and with any dashes for hyphens.
    private func named(_ word: String) -> Cluster? {
        let name = Dash.plain(word).lowercased()
        return clusters.first { $0.name.lowercased() == name || String($0.id) == name }
    }

    /// The line if it is a command that can be shown as an example.
    func understood(_ line: String) -> String? {
        guard line.utf8.count <= Self.longestExample, !line.utf8.contains(UInt8(ascii: "`")) else { return nil }
        return (try? command(line)) == nil ? nil : line
    }

    /// The same for a line with another word in place of one.
    func understood(_ line: String, with right: String, insteadOf wrong: Words.Word) -> String? {
        guard !wrong.isQuoted, line.utf8.count <= Self.longestExample else { return nil }
        return understood(line[..<wrong.start] + right + line[wrong.start...].dropFirst(wrong.text.count))
    }

    /// What is longer is no example any more.
    private static let longestExample = 400

    func alone(_ command: Command, _ words: Words, _ example: String) throws(WrongInput) -> Command {
        var words = words
        words.dropPoliteWords()
        if let surplus = words.word() { throw WrongInput("`\(surplus)` is one word too many.", example: example) }
        return command
    }
}
