import BotCore

/// `history [N] [CLUSTER] [by PERSON] [since DAY] [failed]` and `42 history …`: the newest changes, a line each, and what was done
/// to whole clusters. The steps of a change are in `show`.
package struct History: Command, Question {
    package static let form = CommandForm(
        "history",
        summary: "what was done, the newest first; also: by amy, since tuesday, since 3d, failed",
        place: .either,
        topic: .look,
        examples: ["{cluster} history", "history 20", "history by amy since yesterday failed"]
    )

    /// The number of lines without an argument.
    private static let usual = 10
    /// The most lines that can be asked for.
    private static let most = 50
    /// The changes that are read at once.
    private static let portion = 50

    package var cluster: Cluster?
    package var count: Int
    /// The name of the person who asked for the changes.
    package var person: String?
    package var since: TypedDay?
    package var failedOnly = false
    /// Whether a bare number, which could be a count of lines, was taken as a cluster.
    package var isNumberTakenAsCluster = false
    /// Only changes with a smaller number, without what is about none: the next page.
    package var before: Int?

    package init(cluster: Cluster?, count: Int) {
        self.cluster = cluster
        self.count = count
    }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        let example = (cluster.map { "\($0.id) " } ?? "") + "history 20"
        words.context = example
        words.dropPoliteWords()
        var history = Self(cluster: cluster, count: usual)
        var hasCount = false
        while let word = words.next {
            switch word {
            case "failed":
                _ = words.word()
                history.failedOnly = true
            case "today" where history.since == nil, "yesterday" where history.since == nil:
                history.since = try day(&words, example: "\(example) since 3d")
            case "last" where history.since == nil && words.isFollowed(by: Set(spans.keys)):
                _ = words.word()
                history.since = words.word().flatMap { spans[$0.lowercased()] }.flatMap(TypedDay.init)
            case "before" where history.before == nil:
                _ = words.word()
                history.before = try words.number("the number of a change")
            case "by" where history.person == nil:
                _ = words.word()
                history.person = try words.text("who asked, by name")
            case "since" where history.since == nil:
                _ = words.word()
                history.since = try day(&words, example: "\(example) since 3d")
            case "of" where history.cluster == nil, "on" where history.cluster == nil:
                _ = words.word()
                history.cluster = try grammar.cluster(&words, example: example)
            default:
                let isCount = words.isFollowed(by: ["lines", "line", "changes"])
                if history.cluster == nil, !isCount, let named = grammar.cluster(named: word) {
                    _ = words.word()
                    history.cluster = named
                    history.isNumberTakenAsCluster = word.first?.isNumber == true && named.id <= most
                } else if unknownFilters.contains(word) {
                    throw WrongInput(
                        "Of the ways in which a change can end, `history` knows only `failed`.",
                        example: (cluster.map { "\($0.id) " } ?? "") + "history failed",
                        isSure: true
                    )
                } else if hasCount {
                    try words.end(example: example)
                } else {
                    history.count = try words.number("how many changes")
                    hasCount = true
                    if isCount { _ = words.word() }
                }
            }
        }
        guard history.count <= most else {
            throw WrongInput("At most \(most) lines fit into a message.", example: example)
        }
        return history
    }

    /// The spans behind `last`.
    private static let spans = ["hour": "1h", "day": "1d", "week": "7d", "month": "30d"]
    /// Ends of changes that nobody can ask for alone.
    private static let unknownFilters: Set<String> = [
        "denied", "refused", "expired", "cancelled", "canceled", "withdrawn", "superseded", "succeeded", "done",
        "unknown",
    ]

    private static func day(_ words: inout Words, example: String) throws(WrongInput) -> TypedDay {
        let word = words.word() ?? ""
        if let day = TypedDay(word) { return day }
        // `3 days` are two words.
        if let unit = words.next, let day = TypedDay("\(word) \(unit)") {
            _ = words.word()
            return day
        }
        throw WrongInput(
            "Behind `since` stands a day or a time, such as `tuesday`, `yesterday`, `2026-11-24` or `3d`.",
            example: example
        )
    }

    /// A line, and when it was.
    private struct Line {
        /// Nil where it is about none.
        var change: Int?
        let at: Timestamp
        /// Its place among those of the same moment.
        let number: Int
        let text: RichText
    }

    func answer(_ asking: Asking) async throws -> Reply {
        let now = asking.context.clock.now
        let since = self.since?.moment(at: now, in: asking.rules.zone)
        guard self.since == nil || since != nil else { return .notDone("There is no such day.") }
        var person: String?
        if let typed = self.person {
            person = Self.person(typed, asking)
            guard person != nil else {
                return .notDone("I know nobody called `\(typed)`. Names are those under `people`, or `me`.")
            }
        }
        let lines = try await asking.context.store.read { [person] reader in
            try changes(reader, by: person, since, asking) + others(reader, since, asking)
        }.sorted { ($0.at, $0.number) > ($1.at, $1.number) }.prefix(count)
        let oldest = lines.compactMap(\.change).min()
        let pages: [Message.Block] =
            lines.count == count
            ? oldest.map { [.offers([OfferedLine(line(before: $0), label: "Older", isPage: true)])] } ?? [] : []
        let title = "History" + (cluster.map { " of \($0.title)" } ?? "") + filterWords
        guard !lines.isEmpty else {
            let nothing: RichText = "\(title): nothing\(isFiltered ? "" : " yet")."
            return Reply(Message(otherMeaning(asking).map { nothing + " " + $0 } ?? nothing))
        }
        return Reply(
            Message(
                summary: "\(title): \(lines.count == 1 ? "1 line" : "\(lines.count) lines")",
                blocks: [.heading(title)] + Message.limited(lines.map { .text($0.text) }) + pages
                    + (otherMeaning(asking).map { [.note($0)] } ?? [])
            )
        )
    }

    /// Returns the listed name that somebody means; nil where nobody is called so.
    private static func person(_ typed: String, _ asking: Asking) -> String? {
        let name = (typed.hasPrefix("@") ? String(typed.dropFirst()) : typed).lowercased()
        if name == "me" { return asking.actor.person }
        return asking.rules.policy.people.values.first { $0.lowercased() == name }
    }

    /// How the count of lines is typed that is the number of a cluster, too; nil where none is.
    private func otherMeaning(_ asking: Asking) -> RichText? {
        guard isNumberTakenAsCluster, let cluster else { return nil }
        let line = "\(asking.rules.commandWords[asking.channel]) history \(cluster.id) lines"
        return "\(cluster.id) is taken as the cluster; for so many lines type \(code: line)"
    }

    private var isFiltered: Bool { person != nil || since != nil || failedOnly }

    /// The line that shows what is older than a change.
    private func line(before change: Int) -> String {
        let parts: [String?] = [
            cluster.map { "\($0.id)" }, "history \(count)\(cluster == nil ? " lines" : "")", person.map { "by \($0)" },
            since.map { "since \($0.written)" },
            failedOnly ? "failed" : nil, "before \(change)",
        ]
        return parts.compactMap(\.self).joined(separator: " ")
    }

    private var filterWords: String {
        (person.map { ", by \($0)" } ?? "") + (since.map { ", since \($0.written)" } ?? "")
            + (failedOnly ? ", failed" : "")
    }

    /// The changes, a portion after the other: some may be of clusters that the person may not read.
    private func changes(
        _ reader: any StoreReader,
        by person: String?,
        _ since: Timestamp?,
        _ asking: Asking
    ) throws -> [Line] {
        var filter = ChangeFilter(cluster: cluster?.id, person: person, failedOnly: failedOnly)
        filter.before = before
        var lines: [Line] = []
        for _ in 0..<Self.mostPortions {
            let portion = try reader.newestChanges(Self.portion, matching: filter)
            for change in portion where lines.count < count {
                if let since, change.createdAt < since { return lines }
                guard asking.mayNotRead(change.cluster) == nil else { continue }
                lines.append(
                    Line(
                        change: change.id,
                        at: change.createdAt,
                        number: change.id,
                        text: try Self.line(change, reader)
                    )
                )
            }
            guard portion.count == Self.portion, lines.count < count else { break }
            filter.before = portion.last?.id
        }
        return lines
    }

    /// The newest entries about no change that are looked at.
    private static let mostOthers = 200
    /// So many portions are looked at: whoever may read next to nothing does not cost the others their time.
    private static let mostPortions = 40

    /// Locks, freezes, reloads and the like.
    private func others(_ reader: any StoreReader, _ since: Timestamp?, _ asking: Asking) throws -> [Line] {
        guard person == nil, !failedOnly, before == nil else { return [] }
        // What is about several clusters, or does not say which, is for those who may see all.
        let seesAll = asking.rules.clusters.allSatisfy { asking.mayNotRead($0) == nil }
        return try reader.newestHistoryOfNoChange(Self.mostOthers, cluster: cluster?.id).compactMap { entry in
            // A cluster that is no longer configured is asked about, too.
            guard let record = entry.record, let at = Timestamp(record.at), since.map({ at >= $0 }) ?? true,
                record.cluster.map({ asking.mayNotRead($0) == nil }) ?? seesAll
            else { return nil }
            let said = ["reason", "comment"].compactMap { entry.texts[$0]?.text }.map { " “\($0)”" }.joined()
            let who = record.actorName == Actor.bot.shownName ? "" : " by \(record.actorName)"
            let what = record.outcome ?? record.asked ?? "\(record.kindInWords)\(who)"
            let sign = record.closingSign ?? (record.kind == HistoryEntry.Kind.refused.rawValue ? "⛔" : "•")
            return Line(at: at, number: record.seq, text: "\(sign) \(at) \(RichText(marked: what))\(said)")
        }
    }

    /// `✅ #2 Fri 15:08 amy: +4 nodes on prod-train, 8 → 12, approved by bob “more room”`
    static func line(_ change: Change, _ reader: any StoreReader) throws -> RichText {
        let approvers = try reader.approvals(of: change.id).filter { $0.verdict == .approved && $0.counted }
        let approved =
            approvers.isEmpty ? "" : ", approved by \(approvers.map(\.actor.shownName).joined(separator: " and "))"
        let said = change.reason.map { " “\($0)”" } ?? ""
        let state = change.state == .succeeded ? "" : " – \(change.state.word)"
        let denial = try denial(of: change, reader)
        return
            "\(change.state.sign) \(strong: "#\(change.id)") \(change.createdAt) \(change.requester): \(change.title)\(approved)\(said)\(state)\(denial)"
    }

    /// ` by bob: “checkpoint at 04:00”`; empty where nobody denied it.
    private static func denial(of change: Change, _ reader: any StoreReader) throws -> RichText {
        guard change.state == .denied else { return "" }
        // A reason that came later stands in an entry of its own.
        let entries = try reader.history(of: change.id).drop { $0.record?.kind != HistoryEntry.Kind.denied.rawValue }
        guard let denier = entries.first?.record?.actorName else { return "" }
        let why = entries.lazy.compactMap { $0.texts["reason"]?.text }.first.map { ": “\($0)”" } ?? ""
        return " by \(denier)\(why)"
    }
}
