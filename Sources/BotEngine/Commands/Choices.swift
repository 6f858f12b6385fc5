import BotCore

/// `42`, `42 image`, `42 ssh-keys`, `42 ip`, `42 sg remove`: what can be chosen there. What the cluster has already is marked.
struct Choices: Question {
    let named: Cluster
    /// The action's first word; nil: what can be done with the cluster at all.
    let verb: String?
    /// The word behind it, `remove`; nil: all that can be done with such things.
    let part: String?

    /// - Parameter verb: the action's words as far as they were typed.
    init(of cluster: Cluster, verb: String?) {
        named = cluster
        let words = verb?.split(separator: " ").map(String.init) ?? []
        self.verb = words.first
        part = words.count > 1 ? words[1] : nil
    }

    var cluster: Cluster? { named }

    /// The most buttons under an answer; the rest is typed.
    private static let mostButtons = 5
    private static let mostLines = 20

    func answer(_ asking: Asking) async -> Reply {
        guard let verb, let kind = Self.kinds[verb] else { return Reply(actions(asking)) }
        guard asking.context.clusters.readsBack else {
            return .notDone(
                "I may not read lists here (`read_back: false`). Type the number: "
                    + "`\(asking.rules.commandWords[asking.channel]) \(named.id) \(form(of: verb))`"
            )
        }
        return await asking.soon("I am reading what there is for \(named.title). It follows in a moment.") {
            await things(kind, verb, asking)
        }
    }

    private static let kinds: [String: ListKind] = [
        "image": .images, "ssh-keys": .sshKeys, "ip": .reservedIPs, "sg": .securityGroups,
    ]

    /// How the action is typed, the one with the word that was typed if there is one.
    private func form(of verb: String) -> String {
        let forms = ActionCatalogue.byUse.filter { $0.words[0] == verb }.flatMap(\.forms)
        return forms.first { part.map($0.contains) ?? false } ?? forms[0]
    }

    // MARK: The cluster alone

    private func actions(_ asking: Asking) -> Message {
        let allowances = Allowances(rules: asking.rules, actor: asking.actor, clusters: [asking.rules.present(named)])
        let lines = allowances.lines(in: asking.channel)
        let none = RichText(marked: "You may change nothing there.\(asking.rules.policy.contactSentence)")
        return Message(
            summary: "What about \(named.title)?",
            blocks: [.text("What about \(strong: named.title)?")]
                + (lines.isEmpty ? [none] : lines).map { .text($0) }
                + [
                    .offers([
                        OfferedLine("\(named.id) status", label: "Status"),
                        OfferedLine("\(named.id) history", label: "History"),
                    ]),
                    .note(
                        RichText(
                            marked: "Type `\(asking.rules.commandWords[asking.channel]) \(named.id)` and an action, "
                                + "`status` or `history` behind it."
                        )
                    ),
                ]
        )
    }

    // MARK: What there is

    private func things(_ kind: ListKind, _ verb: String, _ asking: Asking) async -> Message {
        let control = asking.context.clusters
        var seen: ClusterReading
        do {
            seen = try await control.read(named, withReservedIPs: kind == .reservedIPs)
        } catch {
            return Message(RichText(marked: "\(error.message)"))
        }
        if kind != .reservedIPs { seen.lists = await control.lists([kind], of: named, isFresh: false) }
        guard let list = seen.list(kind) else {
            let line = "\(asking.rules.commandWords[asking.channel]) \(named.id) \(form(of: verb))"
            return Message(
                RichText(marked: "The list of \(kind.rawValue) could not be read. Type the number: `\(line)`")
            )
        }
        let present = await present(kind, seen, asking)
        let numbers = list.names.keys.sorted { (present.contains($0) ? 0 : 1, $0) < (present.contains($1) ? 0 : 1, $1) }
        let lines = numbers.map { number -> RichText in
            let isHere = present.contains(number)
            let owner = kind == .reservedIPs ? seen.reservedIPs?[number]?.owner : nil
            let elsewhere = owner.map { $0 == named.id ? "" : " – attached to something else" } ?? ""
            return
                "\(isHere ? "●" : "○") \(seen.words(number, kind))\(isHere ? " – on \(named.name) now" : "")\(elsewhere)"
        }
        let free = numbers.filter { number in
            present.contains(number) || seen.reservedIPs?[number]?.owner == nil || kind != .reservedIPs
        }
        let choices = choices(kind, free, present)
        let offers = offers(choices, kind, seen, asking)
        let isUnsure = kind == .securityGroups && (!present.isEmpty || part == "remove")
        let unsure =
            present.isEmpty
            ? ". No read shows which of them are on it." : ". What is on it is as far as I know."
        // An example that is right: of each kind the first that can be done.
        var examples: [Choice] = []
        for choice in choices where !examples.contains(where: { $0.verb == choice.verb }) { examples.append(choice) }
        let how = examples.map { "`\(named.id) \($0.line)`" }.joined(separator: " or ")
        return Message(
            summary: "\(kind.rawValue.capitalizedFirst) for \(named.title)",
            blocks: [.text("\(strong: "\(kind.rawValue.capitalizedFirst) for \(named.title)")")]
                + Message.limited(lines.prefix(Self.mostLines).map { .text($0) })
                + (lines.count > Self.mostLines ? [.text("… and \(lines.count - Self.mostLines) more")] : [])
                + (offers.isEmpty ? [] : [.offers(offers)])
                + [
                    .note(
                        RichText(
                            marked: (how.isEmpty
                                ? "There is nothing to choose here" : "Or type, with a number or a name: \(how)")
                                + (isUnsure ? unsure : "")
                        )
                    )
                ]
        )
    }

    /// One thing that can be done: `sg remove 3`.
    private struct Choice {
        let verb: String
        let number: Int
        var line: String { "\(verb) \(number)" }
    }

    /// What can be done with these things, those that add first.
    private func choices(_ kind: ListKind, _ numbers: [Int], _ present: [Int]) -> [Choice] {
        let absent = numbers.filter { !present.contains($0) }
        // No read shows which groups are on a cluster: each may be.
        let here =
            kind == .securityGroups && part == "remove" && present.isEmpty ? numbers : numbers.filter(present.contains)
        let (on, off) =
            switch kind {
            case .images: ("image", nil as String?)
            case .sshKeys: (part == "set" ? "ssh-keys set" : "ssh-keys add", "ssh-keys remove")
            case .securityGroups: ("sg add", "sg remove")
            case .reservedIPs: ("ip attach", "ip detach")
            }
        let all =
            absent.map { Choice(verb: on, number: $0) }
            + (off.map { off in here.map { Choice(verb: off, number: $0) } } ?? [])
        return all.filter { choice in part.map { choice.verb.hasSuffix(" \($0)") } ?? true }
    }

    /// What the cluster has, as far as it is known.
    private func present(_ kind: ListKind, _ seen: ClusterReading, _ asking: Asking) async -> [Int] {
        guard kind == .securityGroups else { return seen.present(kind) }
        let known = try? await asking.context.store.read { try $0.knownSecurityGroups(of: named.id) }
        return (known ?? []).sorted()
    }

    /// The lines that the person may ask for.
    private func offers(_ choices: [Choice], _ kind: ListKind, _ seen: ClusterReading, _ asking: Asking)
        -> [OfferedLine]
    {
        func name(_ number: Int) -> String {
            let name = seen.list(kind)?.names[number] ?? ""
            let isOnly = seen.list(kind)?.numbers(of: name).count == 1
            return isOnly && !name.isEmpty ? name : NamedList.words(number, name)
        }
        let lines = choices.lazy.compactMap { choice -> OfferedLine? in
            let line = "\(named.id) \(choice.line)"
            guard case .change(let asked)? = try? asking.rules.grammar.understand(line),
                case .allowed = asking.decide(asked)
            else { return nil }
            return OfferedLine(line, label: asked.label(name(choice.number)))
        }
        return Array(lines.prefix(Self.mostButtons))
    }
}

extension StoreReader {
    /// The newest changes that are looked at.
    private static var looksAt: Int { 500 }

    /// Returns the security groups that were put on a cluster and not taken off again. No read shows those that somebody else
    /// has put there.
    func knownSecurityGroups(of cluster: Int) throws -> Set<Int> {
        let changes = try newestChanges(Self.looksAt, matching: ChangeFilter(cluster: cluster))
        return changes.reversed().reduce(into: []) { groups, change in
            guard change.state == .succeeded else { return }
            for id in change.parameters["security_groups_ids"]?.array ?? [] { id.int.map { _ = groups.insert($0) } }
            if let id = change.parameters["security_group_id"]?.int { groups.remove(id) }
        }
    }
}
