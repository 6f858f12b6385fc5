/// Turns a typed text into a command. A pure, total function: every text is a command or a ``WrongInput``.
package struct Grammar: Sendable {
    private let clusters: [Cluster]
    let ipTypes: [String]

    /// How many entries `history` shows unless told otherwise, and at most: what fits into one message.
    package static let usualHistory = 10
    package static let mostHistory = 50

    /// Words that no cluster may be called, because they are commands now or will be.
    package static let reservedWords: Set<String> = [
        "help", "list", "pending", "approve", "deny", "cancel", "confirm", "resolve", "show", "status", "history",
        "why", "who",
        "can", "whoami", "version", "again", "undo", "lock", "unlock", "freeze", "unfreeze", "emergency", "review",
        "may", "me",
        "all", "to", "at", "in", "because", "open",
    ]

    /// Those of them that will be commands or actions and are not yet.
    private static let laterWords: Set<String> = [
        "again", "undo", "lock", "unlock", "freeze", "unfreeze", "emergency", "review", "may", "open",
    ]

    /// Says of a word that is to come that it is to come.
    static func refuseLater(_ word: String) throws(WrongInput) {
        if laterWords.contains(word) { throw WrongInput("`\(word)` is not supported yet.", example: "help") }
    }

    package init(clusters: [Cluster], ipTypes: [String]) {
        self.clusters = clusters
        self.ipTypes = ipTypes
    }

    /// Understands what was typed after `/cluster`.
    package func command(_ text: String) throws(WrongInput) -> Command {
        let example = self.example(#"scale 4 --reason "more room""#)
        var words = try Words(try TypedText.normalized(text), context: example, ipTypes: ipTypes)
        guard let first = words.next else { return .help(topic: nil) }
        if let command = try wholeCommand(first, &words) { return command }
        return try clusterCommand(&words)
    }

    /// The commands that begin with a word of their own; nil if the first word is none of them.
    private func wholeCommand(_ first: String, _ words: inout Words) throws(WrongInput) -> Command? {
        switch first {
        case "help", "list", "pending", "whoami", "version", "show", "history", "why", "who", "approve", "deny",
            "cancel",
            "confirm", "resolve":
            _ = words.word()
        default: return nil
        }
        switch first {
        case "help": return .help(topic: words.rest())
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

    /// The commands that name a change.
    private func decision(_ verb: String, _ words: inout Words) throws(WrongInput) -> Command {
        let example =
            switch verb {
            case "deny": #"deny 17 "not during the training run""#
            case "resolve": #"resolve 17 succeeded "12 nodes in the dashboard""#
            default: "\(verb) 17"
            }
        let change = try changeNumber(&words, example: example)
        switch verb {
        case "show": return try alone(.show(change: change), words, example)
        case "cancel": return try alone(.cancel(change: change), words, example)
        case "confirm": return try alone(.confirm(change: change), words, example)
        case "approve": return .approve(change: change, comment: words.rest())
        case "deny":
            guard let reason = words.rest() else {
                throw WrongInput("Say why, so that the person who asked knows.", example: example)
            }
            return .deny(change: change, reason: reason)
        default:
            let verdict = words.next
            guard verdict == "succeeded" || verdict == "failed" else {
                throw WrongInput("Say `succeeded` or `failed` behind the number.", example: example)
            }
            _ = words.word()
            guard let reason = words.rest() else {
                throw WrongInput("Say how you know, for everybody who asks later.", example: example)
            }
            return .resolve(change: change, succeeded: verdict == "succeeded", reason: reason)
        }
    }

    /// The commands that begin with a cluster.
    private func clusterCommand(_ words: inout Words) throws(WrongInput) -> Command {
        guard let cluster = try cluster(&words) else { return .help(topic: nil) }
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
        guard let word = words.word() else { return nil }
        let name = word.lowercased()
        if let known = clusters.first(where: { $0.name.lowercased() == name || String($0.id) == name }) { return known }
        try Self.refuseLater(name)
        throw WrongInput("There is no cluster or command `\(word)` here.", example: "list")
    }

    /// A change number, `17` or `#17`.
    private func changeNumber(_ words: inout Words, example: String) throws(WrongInput) -> Int {
        guard let word = words.word() else { throw WrongInput("Missing: the number of the change.", example: example) }
        let digits = word.hasPrefix("#") && word != "#" ? String(word.dropFirst()) : word
        return try Words.number(digits, "the number of the change", allowsPlus: false, example: example)
    }

    private func alone(_ command: Command, _ words: Words, _ example: String) throws(WrongInput) -> Command {
        var words = words
        if let surplus = words.word() { throw WrongInput("`\(surplus)` is one word too many.", example: example) }
        return command
    }
}
