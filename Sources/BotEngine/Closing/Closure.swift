import BotCore

/// What keeps a change from being sent: a lock that somebody else holds, or a freeze that does not except it.
enum Closure {
    case lock(ClusterLock)
    case freeze(Freeze)

    /// The closure in a few words, for lists: `locked by bob until …`.
    var note: String {
        switch self {
        case .lock(let lock): "locked by \(lock.holder.shownName) until `\(lock.until)`"
        case .freeze(let freeze): "frozen until `\(freeze.until)` (\(freeze.name))"
        }
    }

    var sign: String {
        switch self {
        case .lock: "🔒"
        case .freeze: "❄️"
        }
    }

    /// The same with the reason, if somebody gave one: `locked by bob until …: “why”`.
    var explanation: String {
        switch self {
        case .lock(let lock): "\(note): \(lock.reason.quotation)"
        case .freeze(let freeze):
            if case .chat(_, let reason, _) = freeze.source { "\(note): \(reason.quotation)" } else { note }
        }
    }

    /// The sentences that say who closes a cluster, why and until when, and whom to ask.
    /// - Parameter actor: the person who is told, who is not named as one to ask.
    func sentence(on cluster: Cluster, for actor: Actor, in channel: Channel, _ rules: Rulebook) -> String {
        let (closer, right, action): (Actor?, String, String)
        let what: String
        switch self {
        case .lock(let lock):
            what = "is locked by \(lock.holder.shownName) until `\(lock.until)`: \(lock.reason.quotation)."
            (closer, right, action) = (lock.holder, Right.lock, "free it")
        case .freeze(let freeze):
            switch freeze.source {
            case .chat(let author, let reason, _):
                what = "is frozen by \(author.shownName) until `\(freeze.until)`: \(reason.quotation) (\(freeze.name))."
                (closer, right) = (author, Right.freeze)
            case .configuration:
                what = "is frozen until `\(freeze.until)`: “\(freeze.name)”.\(freeze.exceptionsSentence(on: cluster))"
                (closer, right) = (nil, Right.freeze)
            }
            action = "end it"
        }
        let clusters: [Cluster] = if case .freeze(let freeze) = self { rules.covered(by: freeze) } else { [cluster] }
        let able = rules.people(with: right, on: clusters, in: channel)
        let asking = rules.policy.name(of: actor)
        let names = able.filter { $0 != closer.flatMap(rules.policy.name) && $0 != asking }.prefix(Self.mostNamed)
            .joined(separator: " or ")
        let isOwn = asking != nil && closer.flatMap(rules.policy.name) == asking
        let ask = isOwn ? nil : closer.map { "Ask \($0.shownName)" }
        let can = names.isEmpty ? nil : "\(names) can \(action)"
        let mayThemselves = asking.map(able.contains) == true
        let own = mayThemselves ? "\(action) yourself: `\(rules.commandWords[channel]) \(line(on: cluster))`" : nil
        let others = [ask, can].compactMap(\.self)
        let help = (others + [others.isEmpty ? own?.capitalizedFirst : own].compactMap(\.self)).joined(
            separator: ", or "
        )
        return "\(cluster.title) \(what)\(help.isEmpty ? "" : " \(help).")"
    }

    /// The line that ends it, from whoever did not begin it.
    private func line(on cluster: Cluster) -> String {
        switch self {
        case .lock: "\(cluster.id) unlock \"…\""
        case .freeze(let freeze): "unfreeze \(freeze.name) \"…\""
        }
    }

    /// The most people that a sentence names as those who can open.
    private static let mostNamed = 3
}

extension Freeze {
    /// A sentence with a blank in front that says what passes; empty if nothing does.
    fileprivate func exceptionsSentence(on cluster: Cluster) -> String {
        guard let exceptions else { return "" }
        let who = exceptions.who.map { subject in
            switch subject {
            case .everyone: "everyone"
            case .group(let name): LabelTemplate.name(name, on: cluster)
            case .person(let name): name
            }
        }.sorted().joined(separator: " and ")
        let actions =
            exceptions.actions.count == ActionCatalogue.all.count
            ? "anything" : exceptions.actions.sorted().map { "`\($0)`" }.joined(separator: ", ")
        return " Only \(who) may do \(actions) meanwhile."
    }
}

extension String {
    /// Somebody's words in quotation marks, in a sentence in which back-ticks mark code.
    var quotation: String { "“\(replacing("`", with: "'"))”" }
}

extension Rulebook {
    /// Returns the clusters that a freeze covers now.
    func covered(by freeze: Freeze) -> [Cluster] { clusters.filter(freeze.covers) }

    /// Returns the people who have a right on all of these clusters, by name.
    func people(with right: String, on clusters: [Cluster], in channel: Channel) -> [String] {
        (Array(Set(policy.people.values)) + policy.unlistedMembers.map(\.description)).sorted().filter { name in
            let actor = policy.actor(named: name)
            return clusters.allSatisfy { cluster in
                let request = Policy.Request(actor: actor, channel: channel, right: right, cluster: cluster)
                return policy.mayRead(actor, channel: channel, cluster: cluster) == nil && policy.allows(request)
            }
        }
    }
}
