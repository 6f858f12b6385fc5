import BotCore

/// `42 scale 4 --plan`: shows what would be done and who would have to approve. Nothing is done.
struct Preview: Question {
    let asked: AskedChange

    var cluster: Cluster? { asked.cluster }

    func answer(_ asking: Asking) async throws -> Reply {
        guard let spec = asked.spec else { return Reply("There is no action `\(asked.action)`.") }
        guard case .allowed(let permits) = asking.decide(asked) else {
            return try await Why(asked: asked).answer(asking)
        }
        return await asking.soon("Only a plan, nothing is done: reading \(asked.cluster.title) …") {
            Message(await text(spec, permits, asking))
        }
    }

    private func text(_ spec: ActionSpec, _ permits: [Permit], _ asking: Asking) async -> RichText {
        let maker = PlanMaker(control: asking.context.clusters)
        var change = Change(
            id: 0,
            cluster: asked.cluster,
            action: asked.action,
            arguments: asked.arguments,
            requester: asking.actor,
            channel: asking.channel,
            typedAt: asking.inbound.typedAt,
            createdAt: asking.context.clock.now,
            state: .preparing,
            policy: ""
        )
        do {
            let reading = try await maker.read(asked.cluster, for: spec, asked.arguments)
            let planned = try maker.plan(change, spec, reading, expiresAt: nil)
            let plan = planned.plan
            change.parameters = planned.parameters
            // A limit may hold for an amount that is known only from the reading.
            if case .refused(let refusal) = asking.rules.decide(change) {
                return "Would do: \(strong: plan.effect). But that would be refused. "
                    + RichText(marked: "\(refusal.sentence) Nothing was done.")
            }
            let closed = try await asking.closed(asked)
            let sentences = plan.cautions + [closed, "Nothing was done."].compactMap(\.self)
            let needs =
                permits.contains { $0.needs == .nothing } ? "It runs at once." : "It needs \(permits.sentenceToAsker)."
            return "Would do: \(strong: plan.effect). \(needs) "
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
