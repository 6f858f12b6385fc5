import BotCore
import Logging

extension ClosingDesk {
    /// The facts of one step, for the history, the log and the channels.
    struct Step {
        let actor: Actor
        /// The channel that hears of it; nil: the history channels only.
        let channel: Channel?
        let cluster: Cluster?
        /// A sentence in which back-ticks mark code.
        let outcome: String
        let rule: String?
        var detail: [String: JSONValue]
        let reason: String?

        init(
            by actor: Actor,
            in channel: Channel?,
            cluster: Cluster?,
            outcome: String,
            rule: String? = nil,
            detail: [String: JSONValue] = [:],
            reason: String? = nil
        ) {
            self.actor = actor
            self.channel = channel
            self.cluster = cluster
            self.outcome = outcome
            self.rule = rule
            self.detail = detail
            self.reason = reason
        }
    }

    /// Returns the step of a freeze.
    func step(
        _ freeze: Freeze,
        by actor: Actor,
        in channel: Channel?,
        _ outcome: String,
        rule: String? = nil,
        reason: String? = nil
    ) -> Step {
        let covered = rules.covered(by: freeze)
        return Step(
            by: actor,
            in: channel,
            cluster: freeze.clusters != nil && covered.count == 1 ? covered.first : nil,
            outcome: outcome,
            rule: rule,
            detail: [
                "freeze": .string(freeze.name), "from": .string(freeze.from.description),
                "until": .string(freeze.until.description), "clusters": .ints(covered.map(\.id)),
            ],
            reason: reason
        )
    }

    /// Appends the entry, and wants the messages and the log line that tell of it.
    func record(_ kind: HistoryEntry.Kind, _ step: Step) throws {
        var detail = step.detail
        detail["outcome"] = .string(step.outcome)
        detail["channel"] = step.channel.map { .string($0.description) }
        let head = try writer.append(
            HistoryEntry(
                at: now,
                kind: kind,
                cluster: step.cluster,
                actor: step.actor,
                rule: step.rule,
                policy: rules.policy.digest,
                detail: detail,
                texts: step.reason.map { ["reason": $0] } ?? [:]
            )
        )
        try announce(head, step)
        log(kind, head, step)
    }

    private func announce(_ head: HistoryHead, _ step: Step) throws {
        if let channel = step.channel { return try recorder.announce(head, by: step.actor, in: channel) }
        // It belongs to no conversation. A place is there once, so the first of several history channels has it.
        guard let history = recorder.historyChannels.min(by: { $0.key < $1.key })?.value else { return }
        try recorder.announce(head, by: step.actor, in: history)
    }

    private func log(_ kind: HistoryEntry.Kind, _ head: HistoryHead, _ step: Step) {
        var metadata: Logger.Metadata = [
            "event": "\(kind.rawValue)", "seq": .stringConvertible(head.seq),
            "actor": "\(step.actor.person ?? step.actor.account.map { "\($0)" } ?? Actor.bot.name)",
            "reason": step.reason == nil ? "no" : "yes",
        ]
        if let cluster = step.cluster {
            metadata["cluster"] = .stringConvertible(cluster.id)
            metadata["cluster_name"] = "\(cluster.name)"
        }
        if let name = step.detail["freeze"]?.string { metadata["freeze"] = "\(name)" }
        if let channel = step.channel { metadata["channel"] = "\(channel)" }
        if let rule = step.rule { metadata["rule"] = "\(rule)" }
        if let request = recorder.request { metadata["request"] = "\(request)" }
        let logger = recorder.logger
        writer.whenStored { [metadata] in logger.info("\(kind.rawValue)", metadata: metadata) }
    }
}
