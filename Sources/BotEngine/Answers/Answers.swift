import BotCore

/// Answers questions: everything that can be typed and changes nothing.
package struct Answers: Sendable {
    let context: EngineContext
    /// What `version` says.
    let version: String

    /// Most changes that `pending` lists: what fits into one message.
    private static let mostListed = 20

    func answer(_ command: Command, _ actor: Actor, _ inbound: InboundCommand, _ rules: Rulebook) async throws -> Reply
    {
        let policy = rules.policy
        switch command {
        case .help(let topic):
            return Reply(HelpText(commandWord: rules.commandWord, clusters: rules.clusters).message(topic))
        case .version: return Reply("clusterbot \(version)")
        case .whoami: return Reply(whoami(actor, policy))
        default: break
        }
        if let refusal = policy.mayRead(actor, channel: inbound.channel, cluster: command.concernedCluster) {
            if case .show(let id) = command { return Reply(policy.noSuchChange(id)) }
            return Reply(refusal.reason)
        }
        func refusal(_ cluster: Cluster) -> Refusal? {
            policy.mayRead(actor, channel: inbound.channel, cluster: rules.present(cluster))
        }
        switch command {
        case .list: return Reply(list(actor, inbound.channel, rules))
        case .pending:
            return Reply(try await pending { refusal($0) == nil })
        case .show(let id):
            return Reply(try await show(id, actor, inbound.channel, rules))
        case .history(let cluster, let count):
            return Reply(try await history(cluster, count) { refusal($0) == nil })
        case .why(let asked): return Reply(why(asked, actor, inbound.channel, rules))
        case .whoCanApprove(let asked): return Reply(approvers(asked, actor, inbound.channel, rules))
        default: return Reply("I do not know what to do with that. Try: `\(rules.commandWord) help`")
        }
    }

    private func whoami(_ actor: Actor, _ policy: Policy) -> String {
        let account = actor.account.map { "\($0)" } ?? "?"
        guard let person = actor.person else {
            return "Your account is `\(account)`. Nobody lists it under `people`, so you may not do or read anything."
                + policy.contactSentence
        }
        let groups = policy.groups.filter { $0.value.contains(person) }.keys.sorted()
        let member = groups.isEmpty ? "in no group" : "in \(groups.joined(separator: ", "))"
        return "You are \(person) (`\(account)`), \(member)."
    }

    private func list(_ actor: Actor, _ channel: Channel, _ rules: Rulebook) -> Message {
        let lines = rules.clusters
            .filter { rules.policy.mayRead(actor, channel: channel, cluster: $0) == nil }
            .map { cluster -> Message.Block in
                let labels = cluster.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
                    separator: " "
                )
                return .text(
                    "\(strong: cluster.title) – project \(cluster.project)\(labels.isEmpty ? "" : ", \(labels)")"
                )
            }
        return Message(summary: "\(lines.count) clusters", blocks: [.heading("Clusters")] + lines.limited)
    }

    private func pending(of mayRead: (Cluster) -> Bool) async throws -> Message {
        let open = try await context.store.read { reader in
            try reader.changes(in: [.preparing, .pending, .ready, .sending, .unknown])
        }.filter { mayRead($0.cluster) }
        guard !open.isEmpty else { return Message("Nothing is waiting.") }
        let lines = open.suffix(Self.mostListed).map { change -> Message.Block in
            .text("\(strong: "#\(change.id)") \(change.title) – \(change.state.rawValue), asked by \(change.requester)")
        }
        let more = open.count - lines.count
        let blocks: [Message.Block] =
            [.heading("Open changes")] + (more > 0 ? [.text("… and \(more) older ones")] : []) + lines
        return Message(summary: "\(open.count) open changes", blocks: blocks)
    }

    private func show(_ id: Int, _ actor: Actor, _ channel: Channel, _ rules: Rulebook) async throws -> Message {
        let shown = try await context.store.read { reader -> Message? in
            guard let change = try reader.change(id), rules.mayRead(change, actor, in: channel) else { return nil }
            return ChangeMessage(
                change: change,
                approvals: try reader.approvals(of: id),
                verdictReason: try reader.verdictReason(of: change),
                rules: rules
            ).message.withoutButtons
        }
        return shown ?? Message(RichText(marked: rules.policy.noSuchChange(id)))
    }

    /// - Parameter mayRead: whether this reader may see what concerns a cluster, also one that is no longer configured.
    private func history(_ cluster: Cluster?, _ count: Int, _ mayRead: (Cluster) -> Bool) async throws -> Message {
        let entries = try await context.store.read { try $0.newestHistory(count, cluster: cluster?.id) }
            .filter { $0.cluster.map(mayRead) ?? true }
        let title = cluster.map { "History of \($0.title)" } ?? "History"
        guard !entries.isEmpty else { return Message("\(title): nothing yet.") }
        return Message(
            summary: "\(title): \(entries.count) entries",
            blocks: [.heading(title)] + entries.map(\.historyLine).newest
        )
    }

    // MARK: Explaining the policy

    private func why(_ asked: AskedChange, _ actor: Actor, _ channel: Channel, _ rules: Rulebook) -> String {
        switch decide(asked, actor, channel, rules) {
        case .refused(let refusal): return "`\(asked.title)` would be refused. \(refusal.reason)"
        case .allowed(let permits):
            let ways = permits.map { "it needs \($0.needs.sentence) by the rule “\($0.rule)”" }
            return "`\(asked.title)` is allowed: \(ways.joined(separator: "; or "))."
        }
    }

    private func approvers(_ asked: AskedChange, _ actor: Actor, _ channel: Channel, _ rules: Rulebook) -> String {
        guard case .allowed(let permits) = decide(asked, actor, channel, rules) else {
            return why(asked, actor, channel, rules)
        }
        let people = rules.policy.possibleApprovers(permits, requester: actor).filter { person in
            let approver = Actor(person: person, account: nil, name: person)
            return rules.policy.mayRead(approver, channel: channel, cluster: asked.cluster) == nil
        }.sorted()
        if permits.contains(where: { $0.needs == .nothing || $0.needs == .confirmation }) {
            return "`\(asked.title)` needs \(permits.sentence)."
        }
        let names = people.isEmpty ? "nobody: the groups are empty but for you" : people.joined(separator: ", ")
        return "`\(asked.title)` needs \(permits.sentence). Could agree: \(names)."
    }

    func decide(_ asked: AskedChange, _ actor: Actor, _ channel: Channel, _ rules: Rulebook) -> Decision {
        let known = asked.spec?.isRelative(asked.arguments) == true ? [:] : asked.arguments
        return rules.policy.decide(
            Policy.Request(
                actor: actor,
                channel: channel,
                right: asked.action,
                cluster: asked.cluster,
                parameters: known
            )
        )
    }
}

extension ChainedEntry {
    /// The cluster that it concerns, as far as it says.
    fileprivate var cluster: Cluster? {
        guard let cluster = (try? JSONValue(parsing: entry))?["cluster"], let id = cluster["id"]?.int else {
            return nil
        }
        return Cluster(id: id, name: cluster["name"]?.string ?? "", project: "")
    }
}

extension Command {
    /// The cluster that a question is about.
    fileprivate var concernedCluster: Cluster? {
        switch self {
        case .status(let cluster): cluster
        case .history(let cluster, _): cluster
        case .why(let asked), .whoCanApprove(let asked): asked.cluster
        default: nil
        }
    }
}

extension [Message.Block] {
    /// What fits into a message, beside a heading and a word on what is left out.
    private static let mostLines = 45

    /// Lists that are longer than a message end in a word that says so.
    fileprivate var limited: [Message.Block] {
        let shown = Self.mostLines - 1
        return count <= Self.mostLines ? self : Array(prefix(shown)) + [.text("… and \(count - shown) more")]
    }

    /// Of entries in the order of time the newest ones, behind a word on the older ones.
    fileprivate var newest: [Message.Block] {
        let shown = Self.mostLines - 1
        let older = count - shown
        return count <= Self.mostLines ? self : [.text("… \(older) older entries are left out")] + Array(suffix(shown))
    }
}
