import BotCore

/// The text of `help` for one person: what they may do here, most needed first, in few enough lines to be read on a phone,
/// with buttons for what is tapped next.
struct HelpText {
    let asking: Asking

    /// The topic that shows what the overview leaves out.
    private static let more = "more"

    private var rules: Rulebook { asking.rules }
    private var commandWord: String { rules.commandWords[asking.channel] }
    /// The clusters that the person may see.
    private var clusters: [Cluster] {
        rules.clusters.filter { asking.mayNotRead($0) == nil }.map(rules.present)
    }

    /// - Parameter topic: the word of an action or a command; nil: the overview.
    func message(_ topic: String?) -> Message {
        guard rules.policy.isKnown(asking.actor) else {
            return Message(RichText(marked: rules.policy.notSetUp(asking.actor)))
        }
        guard !clusters.isEmpty else {
            return Message(RichText(marked: "You may see no cluster here.\(rules.policy.contactSentence)"))
        }
        guard let typed = topic?.lowercased() else { return overview }
        guard typed != Self.more else { return everythingElse }
        let topic = Grammar.ourWord(for: typed) ?? typed
        if let option = Self.options[String(topic.drop { $0 == "-" })] { return help(option) }
        do throws(WrongInput) {
            try Grammar.refuseLater(topic)
        } catch {
            return Message(RichText(marked: error.problem))
        }
        let actions = ActionCatalogue.byUse.filter { spec in
            spec.name == topic || topic.split(separator: " ").elementsEqual(spec.words.prefix(topic.wordCount), by: ==)
        }
        guard actions.isEmpty else { return help(topic, about: actions) }
        let commands = CommandCatalogue.all.map { $0.form }.filter { form in
            topic.split(separator: " ").elementsEqual(form.words.prefix(topic.wordCount), by: ==)
        }
        guard commands.isEmpty else {
            return Message(summary: "Help: \(topic)", blocks: commands.map { .text(line($0)) })
        }
        return noSuchTopic(topic)
    }

    /// What stands behind a change: a form, and what it does.
    private static let options: [String: (form: String, effect: String)] = [
        "plan": ("--plan", "shows what would be done and decided, and does nothing"),
        "dry-run": ("--plan", "shows what would be done and decided, and does nothing"),
        "reason": (#"--reason "more room""#, "says why; `because more room` is the same"),
        "because": ("because more room", "says why; everything behind it is the reason"),
    ]

    private func help(_ option: (form: String, effect: String)) -> Message {
        let line = "\(commandWord) \(clusters.first?.id ?? 42) scale 4 \(option.form)"
        return Message("\(code: line) – \(RichText(marked: option.effect))")
    }

    private var overview: Message {
        let families = families
        var lines = families.map(line)
        if lines.isEmpty {
            lines = [RichText(marked: "You may change nothing here.\(rules.policy.contactSentence)\(elsewhere)")]
        }
        lines.append("Look: " + examples(["{cluster} status", "{cluster} history", "pending", "show 17"]))
        if asking.inbound.isDirect {
            lines.append("Ask for changes in a channel; here I only answer questions.")
        } else if !decisions.isEmpty {
            lines.append("Decide: " + examples(decisions))
        }
        let first = families.first?[0].words[0]
        var offers = [OfferedLine("pending", label: "What waits")]
        if let cluster = families.first.flatMap(place) ?? clusters.first {
            offers.append(OfferedLine("\(cluster.id) status", label: "Status of \(cluster.name)"))
        }
        var blocks: [Message.Block] = [.heading("What you may do here")] + lines.map { .text($0) }
        if let first {
            offers.append(OfferedLine("help \(first)", label: "More about \(first)"))
            blocks.append(
                .note(
                    "\(code: "\(commandWord) help \(Self.more)") shows the rest. \(code: "because …") behind a change says why."
                )
            )
        }
        if first != nil || !decisions.isEmpty {
            offers.append(OfferedLine("help \(Self.more)", label: "More", isPage: true))
        }
        return Message(summary: summary(families), blocks: blocks + [.offers(offers)])
    }

    private func summary(_ families: [[ActionSpec]]) -> RichText {
        guard !families.isEmpty else { return "What you may do here: look, and change nothing" }
        return "What you may do here: \(families.map { $0[0].words[0] }.joined(separator: ", "))"
    }

    /// Where more is allowed than here, as a sentence behind another; empty where nothing is.
    private var elsewhere: String {
        let allowances = Allowances(rules: rules, actor: asking.actor, clusters: clusters)
        let places = allowances.channelsWithMore(than: asking.channel).prefix(2)
            .map { "`\(rules.policy.name(of: $0))`" }
        return places.isEmpty ? "" : " In \(places.joined(separator: " or ")) you may do more."
    }

    /// What the overview leaves out.
    private var everythingElse: Message {
        var lines = CommandForm.Topic.allCases.compactMap(line)
        lines.append(
            "Behind a change, \(code: "because …") says why, and \(code: "--plan") shows what would be and does nothing."
        )
        let topic = "\(commandWord) help history"
        return Message(
            summary: "What else you can type here",
            blocks: [.heading("What else you can type here")] + lines.map { .text($0) } + [
                .note("\(code: topic) says more about one of them."),
                .offers([
                    OfferedLine("may", label: "What I may do where"), OfferedLine("list", label: "Clusters"),
                    OfferedLine("history", label: "What was done"),
                ]),
            ]
        )
    }

    private func noSuchTopic(_ topic: String) -> Message {
        let near = nearest(
            to: topic,
            among: ActionCatalogue.all.map { $0.words[0] } + CommandCatalogue.all.map { $0.form.words[0] }
        )
        let hint: RichText =
            near.map { " Did you mean \(code: "\(commandWord) help \($0)")?" }
            ?? " \(code: "\(commandWord) help") shows what you may do here."
        return Message(
            summary: "There is no help about \(code: topic)." + hint,
            blocks: [
                .text("There is no help about \(code: topic)." + hint),
                .offers(near.map { [OfferedLine("help \($0)")] } ?? [OfferedLine("help")]),
            ]
        )
    }

    /// The actions that the person may ask for here, those with the same first word together.
    private var families: [[ActionSpec]] {
        let allowed = ActionCatalogue.byUse.filter { spec in clusters.contains { needs(of: spec, on: $0) != nil } }
        return allowed.reduce(into: []) { families, spec in
            if let index = families.firstIndex(where: { $0[0].words[0] == spec.words[0] }) {
                families[index].append(spec)
            } else {
                families.append([spec])
            }
        }
    }

    /// What an action needs on a cluster, with what bounds it; nil where it is not allowed.
    private func needs(of spec: ActionSpec, on cluster: Cluster) -> String? {
        let needs = Allowances(rules: rules, actor: asking.actor, clusters: [cluster])
            .needs(of: spec, on: cluster, in: asking.channel)
        return needs.isEmpty ? nil : needs.joined(separator: ", else ")
    }

    /// The first cluster on which one of the actions may be asked for.
    private func place(_ family: [ActionSpec]) -> Cluster? {
        clusters.first { cluster in family.contains { needs(of: $0, on: cluster) != nil } }
    }

    /// `42 restart workers, 42 restart cluster – a lead approves`
    private func line(_ family: [ActionSpec]) -> RichText {
        let first = place(family)
        var forms: [RichText] = []
        var spoken: [String] = []
        for spec in family {
            // Beside the others where it is allowed there, too.
            let place = first.flatMap { needs(of: spec, on: $0) == nil ? nil : $0 } ?? place([spec])
            guard let place, let words = needs(of: spec, on: place) else { continue }
            forms.append(examples(["{cluster} \(spec.forms[0])"], on: place))
            if !spoken.contains(words) { spoken.append(words) }
        }
        let effect = family.count == 1 ? "\(family[0].summary); " : ""
        return RichText(Array(forms.map(\.spans).joined(separator: [.plain(", ")])))
            + " – \(effect)\(spoken.joined(separator: " or "))"
    }

    /// The lines with which the person can decide: on others' changes, on their own, and on what nobody knows.
    private var decisions: [String] {
        var forms: [any Command.Type] = []
        if isAsked { forms += [Approve.self, Deny.self] }
        if !families.isEmpty { forms += [Confirm.self, Cancel.self] }
        if clusters.contains(where: { has(Right.resolve, on: $0) }) { forms.append(Resolve.self) }
        return forms.compactMap { $0.form.examples.first }
    }

    /// Whether rules ask the person for their approval.
    private var isAsked: Bool {
        guard let name = rules.policy.name(of: asking.actor) else { return false }
        let groups = clusters.reduce(into: Set<String>()) { groups, cluster in
            for rule in rules.policy.rules where rule.clusters?.matches(cluster) != false {
                let needs =
                    rules.policy.filled(rule, on: cluster).needs ?? rules.policy.approvalDefault.map(Needs.approvals)
                groups.formUnion(needs.map { [Permit(rule: rule.name, needs: $0)].groupsAsked } ?? [])
            }
        }
        return groups.contains { rules.policy.approvers(in: $0, asked: nil).contains(name) }
    }

    private func has(_ right: String, on cluster: Cluster) -> Bool {
        let request = Policy.Request(actor: asking.actor, channel: asking.channel, right: right, cluster: cluster)
        return rules.policy.allows(request)
    }

    /// The line of a topic, the examples of its commands; nil where it is nothing for this person.
    private func line(_ topic: CommandForm.Topic) -> RichText? {
        let all = CommandCatalogue.all.filter { $0.form.topic == topic }.compactMap { $0.form.examples.first }
        var shown = all
        var place: Cluster?
        switch topic {
        case .look, .rights: break
        case .decide: shown = decisions
        case .close:
            place = clusters.first { has(Right.lock, on: $0) || has(Right.freeze, on: $0) }
            if place == nil { return nil }
        }
        return shown.isEmpty ? nil : "\(topic.rawValue): " + examples(shown, on: place)
    }

    private func line(_ form: CommandForm) -> RichText {
        examples(form.examples.isEmpty ? [form.words.joined(separator: " ")] : form.examples) + " – \(form.summary)"
    }

    private func examples(_ lines: [String], on cluster: Cluster? = nil) -> RichText {
        let id = (cluster ?? clusters.first).map { "\($0.id)" } ?? "42"
        let shown = lines.map { RichText([.code($0.replacing("{cluster}", with: id))]) }
        return RichText(Array(shown.map(\.spans).joined(separator: [.plain(", ")])))
    }

    /// Everything about some actions: how they are typed, what they do, and what the person may do with them, where.
    private func help(_ topic: String, about actions: [ActionSpec]) -> Message {
        let forms = actions.map { spec -> RichText in
            let lines = spec.forms.map { RichText([.code("\(commandWord) \(clusters.first?.id ?? 42) \($0)")]) }
            return RichText(Array(lines.map(\.spans).joined(separator: [.plain(" · ")]))) + " – \(spec.summary)"
        }
        var rights = Allowances(rules: rules, actor: asking.actor, clusters: clusters, actions: actions).lines(
            in: asking.channel
        )
        if rights.isEmpty { rights = [RichText(marked: "You may not do that here.\(rules.policy.contactSentence)")] }
        return Message(summary: "Help: \(topic)", blocks: (forms + rights).map { .text($0) })
    }
}

extension String {
    fileprivate var wordCount: Int { split(separator: " ").count }
}
