/// Turns a typed text into a request. It is a pure, total function: every text is understood or is a ``WrongInput``.
package struct Grammar: Sendable {
    private(set) var clusters: [Cluster]
    /// The names of the configuration's freezes.
    let freezes: [String]
    let ipTypes: [String]
    let actions: [ActionSpec]
    /// The commands that can be typed besides the actions.
    private let commands: [any Command.Type]
    /// The command that an empty line stands for.
    let whenEmpty: any Command
    /// The commands, by their first word.
    let commandsByWord: [String: any Command.Type]
    /// What a pasted line may begin with, as if it were not there.
    private let wordsInFront: Set<String>

    /// The words that will be commands or actions in a later version, each with what can be done today, and a line for it.
    private static let laterWords: [String: (today: String, line: String)] = [
        "undo": ("Ask for what shall be instead; `history` shows what was done.", "history"),
        "again": ("Type the line once more; `history` shows what was done.", "history"),
        "emergency": ("Ask as usual: the card says who can approve.", "pending"),
        "review": ("Behind `approve` a comment may stand.", "pending"),
        "away": ("Everybody else who is asked can approve.", "pending"),
        "back": ("Everybody else who is asked can approve.", "pending"),
        "open": ("`pending` shows what has not ended.", "pending"),
    ]

    /// Refuses a word that will be a command or an action later, and says what can be done today.
    package static func refuseLater(_ word: String) throws(WrongInput) {
        guard let later = laterWords[word] else { return }
        throw WrongInput(
            "`\(word)` is not supported yet, so nothing was done. \(later.today)",
            example: later.line,
            isSure: true
        )
    }

    /// Returns the error for an option of a later version.
    /// - Parameter right: a line that would be right without it.
    static func later(option: String, right: String) -> WrongInput {
        let today =
            option == "--emergency"
            ? "Ask as usual: the card says who can approve."
            : "What is asked for is done at once, or as soon as it is approved."
        return WrongInput(
            "`\(option)` is not supported yet, so nothing was done. \(today)",
            example: right,
            isSure: true
        )
    }

    /// - Parameters:
    ///   - actions: all actions.
    ///   - commands: all commands, in the order in which the help shows them. No two begin with the same word.
    ///   - whenEmpty: the command that an empty line stands for.
    package init(
        clusters: [Cluster],
        freezes: [String] = [],
        ipTypes: [String],
        actions: [ActionSpec] = ActionCatalogue.all,
        commands: [any Command.Type],
        whenEmpty: any Command,
        commandWords: CommandWords = "/cluster"
    ) {
        self.clusters = clusters
        self.freezes = freezes
        self.ipTypes = ipTypes
        self.actions = actions
        self.commands = commands
        self.whenEmpty = whenEmpty
        self.wordsInFront = commandWords.all
        commandsByWord = Dictionary(uniqueKeysWithValues: commands.map { ($0.form.words[0], $0) })
    }

    /// Understands a text that was typed behind `/cluster`.
    /// - Parameter visible: returns the clusters that whoever types may see: no other one is ever offered or named in an error.
    ///   Nil: all. It is asked only where the text is not right as it stands.
    package func understand(_ text: String, visible: () -> [Cluster]? = { nil }) throws(WrongInput) -> Understood {
        let line = TypedText.command(in: try TypedText.normalized(text), commandWords: wordsInFront)
        if let understood = try? strictly(line) {
            try refuseQuestion(line, understood)
            return understood
        }
        var seen = self
        if let visible = visible() { seen.clusters = visible }
        do throws(WrongInput) {
            return try seen.strictly(line)
        } catch {
            return try OtherWords(seen, line, wrong: error).meaning()
        }
    }

    /// Refuses what would do something and ends in a question mark, and offers the line without it. Whoever denies may ask.
    private func refuseQuestion(_ line: String, _ understood: Understood) throws(WrongInput) {
        guard line.hasSuffix("?"), !onlyLooks(understood) else { return }
        if case .command(let command) = understood, type(of: command).form.words == ["deny"] { return }
        let bare = String(line.trimmed.reversed().drop { $0 == "?" || $0 == " " }.reversed())
        let right = self.understood(bare)
        throw WrongInput(
            "A question is no order, so nothing was done.",
            example: right ?? "help",
            offers: right.map { [OfferedLine($0)] } ?? []
        )
    }

    /// Understands a line that is typed just as the help shows it.
    func strictly(_ line: String) throws(WrongInput) -> Understood {
        var words = try Words(line, context: example("status"), ipTypes: ipTypes)
        while let first = words.remaining.first, first.isWord(Words.polite), named(first.text) == nil {
            words.remaining.removeFirst()
        }
        guard let first = words.next else { return .command(whenEmpty) }
        if let command = commandsByWord[first], command.form.place != .behindCluster {
            if command.form.isAboutChange, words.remaining.dropFirst().allSatisfy({ $0.isWord(Words.polite) }) {
                return .whichChange(command.form.words[0])
            }
            return .command(try read(command, &words, of: nil))
        }
        guard let cluster = try cluster(&words) else { return .command(whenEmpty) }
        while words.remaining.first?.isWord(Words.polite) == true { words.remaining.removeFirst() }
        guard let verb = words.next else { return .incomplete(cluster, verb: nil) }
        if let command = commandsByWord[verb], command.form.place != .first {
            return .command(try read(command, &words, of: cluster))
        }
        return .change(try askedChange(&words, of: cluster))
    }

    private func read(
        _ command: any Command.Type,
        _ words: inout Words,
        of cluster: Cluster?
    ) throws(WrongInput) -> any Command {
        _ = words.word()
        for word in command.form.words.dropFirst() where !words.take(word) {
            throw WrongInput(
                "`\(command.form.words[0])` goes on with `\(command.form.words.dropFirst().joined(separator: " "))` and a command.",
                example: example("restart cluster", behind: command.form.words.joined(separator: " ") + " ")
            )
        }
        return try command.read(&words, of: cluster, self)
    }

    /// Reads the cluster that a command is about, as in `owners 42`.
    /// - Parameter example: the whole command, as errors show it.
    package func cluster(_ words: inout Words, example: String) throws(WrongInput) -> Cluster {
        guard let cluster = try cluster(&words) else { throw WrongInput("Name a cluster.", example: example) }
        return cluster
    }

    /// Reads a cluster and an action, as in `why 42 restart cluster`.
    /// - Parameter prefix: the words in front, which the examples in errors repeat.
    package func askedChange(_ words: inout Words, behind prefix: String) throws(WrongInput) -> AskedChange {
        guard let cluster = try cluster(&words) else {
            throw WrongInput("Name a cluster and an action.", example: example("restart cluster", behind: prefix))
        }
        return try askedChange(&words, of: cluster, behind: prefix)
    }

    /// Returns a line about the first configured cluster; `help` if there is none.
    func example(_ rest: String, behind prefix: String = "") -> String {
        clusters.first.map { "\(prefix)\($0.id) \(rest)" } ?? "help"
    }

    /// Returns whether it changes and decides nothing.
    package func onlyLooks(_ meaning: Understood) -> Bool {
        switch meaning {
        case .incomplete, .whichChange: return true
        case .change: return false
        case .command(let command):
            let topic = type(of: command).form.topic
            return topic != .decide && topic != .close
        }
    }

    /// The words of the commands behind which another command stands.
    var wordsAboutCommands: [[String]] { commands.filter { $0.form.isAboutCommand }.map { $0.form.words } }

    /// Every word of actions and commands.
    var vocabulary: Set<String> { Set(actions.flatMap { $0.words + [$0.name] } + commands.flatMap { $0.form.words }) }

    /// The words with which a line without a cluster may begin.
    private var commandWords: [String] { commands.filter { $0.form.place != .behindCluster }.map { $0.form.words[0] } }

    /// Reads the cluster that the next word names; nil if there is no word.
    func cluster(_ words: inout Words) throws(WrongInput) -> Cluster? {
        guard let taken = words.remaining.first, let word = words.word() else { return nil }
        if let known = named(word) { return known }
        let name = Dash.plain(word).lowercased()
        try Self.refuseLater(name)
        // Where the word is not the first, as behind `why`, no command can stand.
        let isFirst = words.source.unicodeScalars.startIndex == taken.start
        if let form = formBehindCluster(name), let cluster = clusters.first {
            // A change of some cluster is no example: nobody has said that it is meant.
            let isChange = isFirst && commandsByWord[name] == nil
            let line = String(words.source[..<taken.start]) + form.replacing("{cluster}", with: "\(cluster.id)")
            throw WrongInput(
                "Say first which cluster: `\(name)` stands behind it.",
                example: (isChange ? nil : understood(line)) ?? "list"
            )
        }
        let near = nearest(to: name, among: clusters.map(\.name) + (isFirst ? commandWords : []))
        let problem = "There is no cluster or command `\(word)` here."
        if let line = near.flatMap({ understood(words.source, with: $0, insteadOf: taken) }) {
            throw WrongInput(problem, example: line, offers: [OfferedLine(line)])
        }
        throw WrongInput(
            problem,
            example: near.flatMap { understood("\($0) status") ?? understood("help \($0)") } ?? "list"
        )
    }

    /// Returns how something is typed that stands behind a cluster: `{cluster} scale 4`; nil for any other word.
    func formBehindCluster(_ word: String) -> String? {
        if let command = commandsByWord[word], command.form.place == .behindCluster {
            return command.form.examples.first
        }
        let verb = OtherWords.synonyms[word] ?? word
        return actions.first { $0.words[0] == verb || $0.name == word }.map { "{cluster} \($0.forms[0])" }
    }

    /// Returns the cluster that a word names, in any capitals and with any dashes for hyphens; nil if it names none.
    package func cluster(named word: String) -> Cluster? { named(word) }

    /// Returns the cluster of this name or id, in any capitals and with any dashes for hyphens.
    func named(_ word: String) -> Cluster? {
        let name = Dash.plain(word).lowercased()
        return clusters.first { $0.name.lowercased() == name || String($0.id) == name }
    }

    /// Returns the line if it is understood, also when it is typed again, and can be shown as an example; else nil.
    package func understood(_ line: String) -> String? {
        let typed = TypedText.command(in: line, commandWords: wordsInFront)
        guard canBeShown(line), let meaning = try? strictly(typed), (try? refuseQuestion(typed, meaning)) != nil else {
            return nil
        }
        return line
    }

    /// Returns whether a line can stand between back-ticks, and is not too long to be read.
    func canBeShown(_ line: String) -> Bool {
        line.utf8.count <= Self.longestExample && !line.utf8.contains(UInt8(ascii: "`"))
    }

    /// Returns the line with the right word in place of a wrong one, if it can be shown as an example; else nil.
    func understood(_ line: String, with right: String, insteadOf wrong: Words.Word) -> String? {
        guard !wrong.isQuoted, line.utf8.count <= Self.longestExample else { return nil }
        return understood(line[..<wrong.start] + right + line[wrong.start...].dropFirst(wrong.text.count))
    }

    /// The longest line that is shown as an example, in bytes.
    private static let longestExample = 400
}
