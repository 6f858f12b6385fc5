import BotCore

/// Answers that need a look at the cluster: the first answer says so, what was seen follows in private.
extension Answers {
    func status(
        of cluster: Cluster,
        _ actor: Actor,
        _ inbound: InboundCommand,
        _ rules: Rulebook,
        _ followUps: FollowUps
    ) -> Reply {
        if let refusal = rules.policy.mayRead(actor, channel: inbound.channel, cluster: cluster) {
            return Reply(refusal.reason)
        }
        guard context.clusters.readsBack else {
            return Reply(
                "I may not read clusters here (`read_back: false`). What I know: `\(rules.commandWord) \(cluster.id) history`"
            )
        }
        let isTaken = followUps.enqueue(for: actor.key) {
            let message = await statusMessage(cluster)
            await followUps.tellNow(inbound.account, message, at: inbound.address)
        }
        return Reply(isTaken ? "Reading \(cluster.title) …" : Self.stillReading)
    }

    private func statusMessage(_ cluster: Cluster) async -> Message {
        let open =
            (try? await context.store.read { reader in
                try reader.changes(cluster: cluster.id, in: [.preparing, .pending, .ready, .sending, .unknown])
            }) ?? []
        let lines = open.map { Message.Block.text("\(strong: "#\($0.id)") \($0.title) – \($0.state.rawValue)") }
        do {
            let seen = try await context.clusters.read(cluster, withReservedIPs: false)
            let keys = seen.sshKeys.map { keys in
                keys.map { key in seen.sshKeyLabels[key].map { "\(key) (\($0))" } ?? "\(key)" }.joined(separator: ", ")
            }
            let facts = [
                ("Status", seen.status), ("Nodes", seen.nodes.map(String.init)),
                ("Image", seen.imageVersion.map { "\($0)" + (seen.imageName.map { " \($0)" } ?? "") }),
                ("SSH keys", keys), ("Price of a node and hour", seen.nodePrice),
            ].compactMap { name, value in value.map { Message.Fact(name, "\($0)") } }
            let summary: RichText =
                "\(cluster.title): \(seen.status ?? "status unknown"), \(seen.nodes.map(String.init) ?? "?") nodes"
            return Message(summary: summary, blocks: [.heading(cluster.title), .facts(facts)] + lines)
        } catch {
            let text: RichText = "\(strong: cluster.title) could not be read. \(error.message)"
            return Message(summary: text, blocks: [.text(text)] + lines)
        }
    }

    /// `--plan`: what would be done and decided.
    func preview(
        _ asked: AskedChange,
        _ actor: Actor,
        _ inbound: InboundCommand,
        _ rules: Rulebook,
        _ followUps: FollowUps
    ) async throws -> Reply {
        guard let spec = asked.spec else { return Reply("There is no action `\(asked.action)`.") }
        guard case .allowed(let permits) = decide(asked, actor, inbound.channel, rules),
            rules.policy.mayRead(actor, channel: inbound.channel, cluster: asked.cluster) == nil
        else { return try await answer(.why(asked), actor, inbound, rules) }
        let isTaken = followUps.enqueue(for: actor.key) {
            let text = await previewText(asked, spec, actor, inbound, permits, rules)
            await followUps.tellNow(inbound.account, Message(text), at: inbound.address)
        }
        return Reply(
            isTaken ? "Only a plan, nothing is done: reading \(asked.cluster.title) …" : Self.stillReading
        )
    }

    private static let stillReading = "I am still reading for you what you asked before. Ask again in a moment."

    private func previewText(
        _ asked: AskedChange,
        _ spec: ActionSpec,
        _ actor: Actor,
        _ inbound: InboundCommand,
        _ permits: [Permit],
        _ rules: Rulebook
    ) async -> RichText {
        let maker = PlanMaker(control: context.clusters)
        var change = Change(
            id: 0,
            cluster: asked.cluster,
            action: asked.action,
            arguments: asked.arguments,
            requester: actor,
            channel: inbound.channel,
            typedAt: inbound.typedAt,
            createdAt: context.clock.now,
            state: .preparing,
            policy: ""
        )
        do {
            let reading = try await maker.read(asked.cluster, for: spec)
            let planned = try maker.plan(change, spec, reading, expiresAt: nil)
            let plan = planned.plan
            change.parameters = planned.parameters
            // Limits on amounts that only the read showed.
            if case .refused(let refusal) = rules.decide(change) {
                return "Would \(strong: plan.effect) on \(asked.cluster.title), but that would be refused. "
                    + RichText(marked: "\(refusal.reason) Nothing was done.")
            }
            let sentences = plan.cautions + ["Nothing was done."]
            return "Would \(strong: plan.effect) on \(asked.cluster.title), after \(permits.sentence). "
                + RichText(marked: sentences.joined(separator: " "))
        } catch let problem as PlanProblem {
            return RichText(marked: "\(problem.message) Nothing was done.")
        } catch {
            let problem = (error as? ReadProblem)?.message ?? "\(error)"
            return "\(asked.cluster.title) could not be read, so there is no plan. "
                + RichText(marked: "\(problem) Nothing was done.")
        }
    }
}

extension InboundCommand {
    fileprivate var address: PostAddress { PostAddress(channel: channel, replyHandle: replyHandle) }
}
