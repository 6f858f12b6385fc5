import BotCore
import Logging

/// Carries out what closes clusters and opens them again, by the rules in force, and records it in the same transaction.
struct ClosingDesk {
    let recorder: ChangeRecorder
    let rules: Rulebook

    var now: Timestamp { recorder.now }
    var writer: any StoreWriter { recorder.writer }

    // MARK: Checks

    /// Returns why somebody may not do something with a cluster; nil if they may. For a person who may not read it, the
    /// cluster does not exist.
    func unknown(_ cluster: Cluster, to actor: Actor, in channel: Channel) -> String? {
        guard rules.policy.isKnown(actor) else { return unlisted(actor, channel) }
        guard let present = rules.cluster(cluster.id),
            rules.policy.mayRead(actor, channel: channel, cluster: present) == nil
        else { return "There is no cluster `\(cluster.id)` for you.\(rules.policy.contactSentence)" }
        return nil
    }

    /// Returns the answer to an account that nobody lists.
    func unlisted(_ actor: Actor, _ channel: Channel) -> String {
        rules.policy.mayRead(actor, channel: channel, cluster: nil)?.reason ?? ""
    }

    /// What the policy says to a right on several clusters: the rule by which it is allowed on the first of them, or why
    /// it is not on one of them.
    enum Verdict {
        case allowed(rule: String?)
        case refused(String)
    }

    func decide(_ right: String, by actor: Actor, on clusters: [Cluster], in channel: Channel) -> Verdict {
        guard !clusters.isEmpty else { return .refused("No cluster is meant by that, so there is nothing to do.") }
        var rule: String?
        for cluster in clusters {
            guard rules.policy.mayRead(actor, channel: channel, cluster: cluster) == nil else {
                return .refused(
                    "That covers a cluster that you may not read. Name those that you mean, by id, name or label.\(rules.policy.contactSentence)"
                )
            }
            let request = Policy.Request(actor: actor, channel: channel, right: right, cluster: cluster)
            switch rules.policy.decide(request) {
            case .refused(var refusal):
                // Whoever may do it with one of them is no help with all of them.
                if clusters.count > 1, !refusal.people.isEmpty {
                    let able = rules.people(with: right, on: clusters, in: channel).filter { $0 != actor.person }
                    refusal.people = Array(able.prefix(Policy.mostPeople))
                }
                return .refused(refusal.sentence)
            case .allowed(let permits): rule = rule ?? permits.first?.rule
            }
        }
        return .allowed(rule: rule)
    }

    // MARK: Steps

    /// Takes the lock, in place of an earlier one of its cluster.
    func take(_ lock: ClusterLock, rule: String?) throws {
        if let earlier = try writer.lock(on: lock.cluster.id), !earlier.isInForce(at: now) { try runOut(earlier) }
        try writer.save(lock)
        try record(
            .locked,
            .init(
                by: lock.holder,
                in: lock.channel,
                cluster: lock.cluster,
                outcome: "\(lock.holder.shownName) locked \(lock.cluster.title) until `\(lock.until)`.",
                rule: rule,
                detail: ["since": .string(lock.since.description), "until": .string(lock.until.description)],
                reason: lock.reason
            )
        )
    }

    /// Ends a lock because somebody wants it to end.
    func end(_ lock: ClusterLock, by actor: Actor, in channel: Channel, reason: String?, rule: String?) throws {
        try writer.endLock(on: lock.cluster.id)
        let whose = rules.policy.isSamePerson(lock.holder, actor) ? "" : ", which \(lock.holder.shownName) had locked"
        try record(
            .unlocked,
            .init(
                by: actor,
                in: channel,
                cluster: lock.cluster,
                outcome: "\(actor.shownName) unlocked \(lock.cluster.title)\(whose).",
                rule: rule,
                reason: reason
            )
        )
    }

    /// Ends a lock whose time is over.
    func runOut(_ lock: ClusterLock) throws {
        try writer.endLock(on: lock.cluster.id)
        try record(
            .unlocked,
            .init(
                by: .bot,
                in: lock.channel,
                cluster: lock.cluster,
                outcome: "The lock of \(lock.cluster.title) by \(lock.holder.shownName) is over."
            )
        )
    }

    /// Puts a freeze from chat in force.
    func begin(_ freeze: Freeze, by actor: Actor, in channel: Channel, reason: String, rule: String?) throws {
        try writer.insert(freeze)
        try record(
            .frozen,
            step(
                freeze,
                by: actor,
                in: channel,
                "\(actor.shownName) froze \(freeze.scopeText(rules)) until `\(freeze.until)`: \(freeze.name).",
                rule: rule,
                reason: reason
            )
        )
    }

    /// Ends a freeze because somebody wants it to end.
    func end(_ freeze: Freeze, by actor: Actor, in channel: Channel, reason: String?, rule: String?) throws {
        switch freeze.source {
        case .configuration:
            // The entry below tells of its end.
            try writer.save(ToldFreeze(freeze, endedAt: now, isOver: true))
        case .chat: try writer.endFreeze(freeze.name, at: now)
        }
        let text = "\(actor.shownName) ended the freeze \(freeze.shownName) of \(freeze.scopeText(rules))."
        try record(.unfrozen, step(freeze, by: actor, in: channel, text, rule: rule, reason: reason))
    }

    /// Ends a freeze from chat whose time is over.
    func runOut(_ freeze: Freeze) throws {
        try writer.endFreeze(freeze.name, at: now)
        guard case .chat(_, _, let channel) = freeze.source else { return }
        let text = "The freeze \(freeze.shownName) of \(freeze.scopeText(rules)) is over."
        try record(.unfrozen, step(freeze, by: .bot, in: channel, text))
    }

    /// Tells of a freeze of the configuration that begins soon or has begun.
    func tell(_ freeze: Freeze) throws {
        try writer.save(ToldFreeze(freeze))
        let begin = now < freeze.from ? "from `\(freeze.from)` " : ""
        let place = freeze.clusters == nil ? "any cluster" : freeze.scopeText(rules)
        let text = "Nothing is sent to \(place) \(begin)until `\(freeze.until)`: \(freeze.shownName)."
        try record(.frozen, step(freeze, by: .bot, in: nil, text))
    }

    /// Tells that a freeze of the configuration, of which people were told, is over, or is not in it any more.
    func tellEnd(of told: ToldFreeze) throws {
        let isOver = now >= told.until
        if isOver {
            var told = told
            told.isOver = true
            try writer.save(told)
        } else {
            try writer.forget(told)
        }
        let freeze = Freeze(name: told.name, clusters: nil, from: told.from, until: told.until, source: .configuration)
        let how = isOver ? "is over" : "is not in the configuration any more"
        var step = step(freeze, by: .bot, in: nil, "The freeze \(freeze.shownName) \(how).")
        // What it covered is not known any more.
        step.detail["clusters"] = nil
        try record(.unfrozen, step)
    }
}

extension Freeze {
    /// The name as sentences show it: `F1`, `“year end”`.
    var shownName: String { if case .configuration = source { "“\(name)”" } else { name } }

    /// What it covers, in words.
    func scopeText(_ rules: Rulebook) -> String {
        guard let clusters else { return "everything" }
        if let ids = clusters.ids, ids.count == 1, clusters.labels == nil, clusters.names == nil {
            return rules.covered(by: self).first?.title ?? "\(ids.first ?? 0)"
        }
        if let labels = clusters.labels, clusters.ids == nil, clusters.names == nil {
            return labels.sorted { $0.key < $1.key }
                .map { "\($0.key)=\($0.value.sorted().joined(separator: "|"))" }.joined(separator: " and ")
        }
        let covered = rules.covered(by: self).map(\.title)
        return covered.isEmpty ? "no cluster" : covered.joined(separator: ", ")
    }
}
