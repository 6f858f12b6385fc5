import BotCore

/// The text of `help` for one person: what they may do here, most needed first, in few enough lines to be read on a phone.
struct HelpText {
    let asking: Asking

    private var rules: Rulebook { asking.rules }
    private var commandWord: String { rules.commandWords[asking.channel] }
    /// The clusters that the person may see.
    private var clusters: [Cluster] {
        rules.clusters.filter { asking.mayNotRead($0) == nil }.map(rules.present)
    }

    /// - Parameter topic: the word of an action or a command; nil: the overview.
    func message(_ topic: String?) -> Message {
        guard rules.policy.isKnown(asking.actor) else { return Message(RichText(marked: notSetUp)) }
        guard let topic = topic?.lowercased() else { return overview }
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
        var message = overview
        let near = nearest(
            to: topic,
            among: ActionCatalogue.all.map { $0.words[0] } + CommandCatalogue.all.map { $0.form.words[0] }
        )
        let hint: RichText = near.map { " Did you mean \(code: "\(commandWord) help \($0)")?" } ?? ""
        message.blocks.insert(.text("There is no help about \(code: topic)." + hint), at: 0)
        return message
    }

    /// What somebody hears whom nobody has listed: whom to ask, and what for.
    private var notSetUp: String {
        let account = asking.actor.account.map { "`\($0)`" } ?? "your account"
        return "You are not set up yet. Ask \(rules.policy.contact ?? "whoever runs me") to add \(account)."
    }

    private var overview: Message {
        var lines = families.map(line)
        if lines.isEmpty {
            lines = [RichText(marked: "You may change nothing here.\(rules.policy.contactSentence)")]
        }
        lines += CommandForm.Topic.allCases.filter(isForThem).map(line)
        let more = ["help scale", "help lock"].map { RichText([.code("\(commandWord) \($0)")]) }
        lines.append(
            "More: \(more[0]), \(more[1]). Behind a change, \(code: "because …") says why, and \(code: "--plan") shows what would be and does nothing."
        )
        return Message(
            summary: "What you can type, in \(lines.count) lines",
            blocks: [.heading("What you may do here")] + lines.map { .text($0) }
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

    private func needs(of spec: ActionSpec, on cluster: Cluster) -> Needs? {
        let request = Policy.Request(actor: asking.actor, channel: asking.channel, right: spec.name, cluster: cluster)
        guard case .allowed(let permits) = rules.policy.decide(request) else { return nil }
        return permits.map(\.needs).min { $0.weight < $1.weight }
    }

    /// `42 restart workers, 42 restart cluster – a lead approves`
    private func line(_ family: [ActionSpec]) -> RichText {
        let place = clusters.first { cluster in family.contains { needs(of: $0, on: cluster) != nil } }
        let forms = examples(family.map { "{cluster} \($0.forms[0])" }, on: place)
        var spoken: [String] = []
        for spec in family {
            guard let place, let words = needs(of: spec, on: place)?.inShort, !spoken.contains(words) else { continue }
            spoken.append(words)
        }
        let effect = family.count == 1 ? "\(family[0].summary); " : ""
        return forms + " – \(effect)\(spoken.joined(separator: " or "))"
    }

    private func isForThem(_ topic: CommandForm.Topic) -> Bool {
        guard topic == .close else { return true }
        return [Right.lock, Right.freeze].contains { right in
            clusters.contains { cluster in
                let request = Policy.Request(
                    actor: asking.actor,
                    channel: asking.channel,
                    right: right,
                    cluster: cluster
                )
                if case .allowed = rules.policy.decide(request) { return true }
                return false
            }
        }
    }

    /// The line of a topic: the examples of its commands.
    private func line(_ topic: CommandForm.Topic) -> RichText {
        "\(topic.rawValue): "
            + examples(CommandCatalogue.all.filter { $0.form.topic == topic }.compactMap { $0.form.examples.first })
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
