import BotCore

/// The context of one question: who asks it, where, and what it is answered from.
struct Asking: Sendable {
    let context: EngineContext
    let actor: Actor
    let inbound: InboundCommand
    /// The rules in force when it was asked.
    let rules: Rulebook
    let followUps: FollowUps
    /// The program's version.
    let version: String
    /// The moment, on the clock's uptime, by which it must be answered.
    let deadline: Duration

    var channel: Channel { inbound.channel }

    /// Answers, if the person may read what is asked about.
    func answer(_ question: some Question) async throws -> Reply {
        if type(of: question).needsReading, let refusal = mayNotRead(question.cluster) {
            return question.refused(refusal, self)
        }
        return try await question.answer(self)
    }

    /// Returns why the person may not read a cluster, or may read nothing at all where none is named; nil if they may.
    /// A cluster counts as it is configured now, and if it no longer is, as it was.
    func mayNotRead(_ cluster: Cluster?) -> Refusal? {
        rules.policy.mayRead(actor, channel: channel, cluster: cluster.map(rules.present))
    }

    /// Returns what the policy says to a request.
    func decide(_ asked: AskedChange) -> Decision { rules.decide(asked, by: actor, in: channel) }

    /// Returns what closes the cluster for a request now, by whom, why and until when, in sentences; nil if nothing does.
    func closed(_ asked: AskedChange) async throws -> String? {
        let closure = try await context.store.read { reader in
            try reader.closure(for: actor, asked.action, on: asked.cluster, rules, at: context.clock.now)
        }
        return closure.map {
            "Now it would be refused: \($0.sentence(on: asked.cluster, for: actor, in: channel, rules))"
        }
    }

    /// The time for which an answer waits for a read: the platform's own three seconds leave room for it.
    private static let readsWithin = Duration.milliseconds(1500)
    private static let keptForTheRest = Duration.milliseconds(300)

    /// Answers with what needs a read: at once if it comes in time, else with a first sentence and the rest in private.
    func soon(_ first: String, _ message: @escaping @Sendable () async -> Message) async -> Reply {
        let isPrivate = context.platforms[channel.platform]?.features(in: channel).privateAnswers != false
        guard isPrivate || inbound.isDirect else {
            return .notDone(
                "Everybody here would see the answer, also those who may not read that cluster. "
                    + "Ask me in a direct message."
            )
        }
        let address = PostAddress(channel: channel, replyHandle: inbound.replyHandle)
        let handover = Handover<Message>()
        let isTaken = followUps.enqueue(for: actor.key) {
            let read = await message()
            if !handover.hand(over: read) {
                await followUps.tellNow(inbound.account, read, at: address, isDirect: inbound.isDirect)
            }
        }
        guard isTaken else {
            return .notDone("I am still reading for you what you asked before. Ask again in a moment.")
        }
        let left = deadline - context.clock.uptime - Self.keptForTheRest
        let inTime = await handover.wait(atMost: max(.zero, min(Self.readsWithin, left)), clock: context.clock)
        return inTime.map { Reply($0) } ?? Reply(first, .follows)
    }
}
