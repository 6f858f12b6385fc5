extension Policy {
    /// The most people whom a refusal names.
    package static let mostPeople = 3
    /// The most people who are looked at for that: a refusal must not take long where nobody may.
    private static let mostCandidates = 100
    /// The most lines that a refusal offers.
    private static let mostLines = 3

    /// Returns the refusal of what no rule allows: the rule that nearly fits, and the nearest thing that would be allowed.
    func notAllowed(_ request: Request, _ miss: Misfit?, _ unsure: Set<UserGroup>) -> Refusal {
        let notKnown = unsure.isEmpty ? "" : " \(userGroups.unknownSentence(unsure))"
        let target = request.cluster.map { " on \($0.title)" } ?? ""
        guard let miss else {
            return Refusal(
                reason: "No rule allows \(request.actor.shownName) `\(words(of: request.right))`\(target).\(notKnown)",
                nearest: others(than: request),
                fix: "A rule would have to allow `\(request.right)`\(target).",
                contact: contact
            )
        }
        let instead = miss.nearest == nil ? line(instead: miss, of: request) : nil
        var refusal = Refusal(
            reason: miss.reason + notKnown,
            nearest: miss.nearest ?? instead.map { "`\($0.line)` would be allowed." },
            fix: miss.fix,
            contact: contact
        )
        refusal.instead = instead
        return refusal
    }

    /// How a right is written for people: an action by the words that are typed for it.
    private func words(of right: String) -> String {
        ActionCatalogue.action(named: right)?.words.joined(separator: " ") ?? right
    }

    /// Returns the refusal of what a rule forbids, with what else would be allowed and a few people who may. An account that
    /// nobody lists is led on only to whom the configuration names.
    func leadingOn(_ refusal: Refusal, _ request: Request) -> Refusal {
        guard isKnown(request.actor) else { return refusal }
        let leading = Refusal(
            reason: refusal.reason,
            rule: refusal.rule,
            nearest: others(than: request),
            fix: refusal.fix,
            contact: contact
        )
        return namingPeople(leading, request)
    }

    /// Returns a refusal with a few people who may do what it refuses.
    func namingPeople(_ refusal: Refusal, _ request: Request) -> Refusal {
        var named = refusal
        named.people = Array(
            candidates(for: request).prefix(Self.mostCandidates).lazy.filter { name in
                let asked = Request(
                    actor: Actor(person: name, account: nil, name: name),
                    channel: request.channel,
                    right: request.right,
                    cluster: request.cluster,
                    parameters: request.parameters
                )
                return allows(asked) && mayRead(asked.actor, channel: asked.channel, cluster: asked.cluster) == nil
            }.prefix(Self.mostPeople)
        )
        return named
    }

    /// Returns the listed people of whom a rule that allows a request speaks, by name, without whoever asks.
    private func candidates(for request: Request) -> [String] {
        let listed = Set(people.values)
        var names: Set<String> = []
        for rule in rules(on: request.cluster)
        where rule.effect == .allow && rule.rights.contains(request.right) && reaches(rule, request) {
            for subject in rule.who {
                switch subject {
                case .everyone: names = listed
                case .group(let group): names.formUnion(members(of: group))
                case .person(let name): names.insert(name)
                }
            }
        }
        return names.filter { listed.contains($0) && $0 != request.actor.person }.sorted()
    }

    /// Returns how a channel is written for people: by its name in the configuration, where it has one.
    package func name(of channel: Channel) -> String {
        channels.filter { $0.value == channel }.keys.min() ?? channel.description
    }

    /// The line that would be allowed, if it is.
    private func line(instead miss: Misfit, of request: Request) -> OfferedLine? {
        guard let cluster = request.cluster, let instead = miss.instead else { return nil }
        let asked = Request(
            actor: request.actor,
            channel: request.channel,
            right: request.right,
            cluster: cluster,
            parameters: request.parameters.merging(instead) { $1 }
        )
        guard allows(asked) else { return nil }
        let line = AskedChange(cluster: cluster, action: request.right, arguments: asked.parameters).typedLine
        let amount = instead.values.count == 1 ? instead.values.first?.int : nil
        return OfferedLine(line, label: amount.map { "Ask for \($0)" })
    }

    /// What else the same person may ask for on the same cluster, as lines to type; nil if there is nothing.
    private func others(than request: Request) -> String? {
        guard let cluster = request.cluster, ActionCatalogue.action(named: request.right) != nil else { return nil }
        let lines = ActionCatalogue.byUse.filter { spec in
            spec.name != request.right
                && allows(
                    Request(actor: request.actor, channel: request.channel, right: spec.name, cluster: cluster)
                )
        }.prefix(Self.mostLines).compactMap { $0.forms.first.map { "`\(cluster.id) \($0)`" } }
        return lines.isEmpty ? nil : "There you may ask for \(lines.joined(separator: ", "))."
    }
}
