import BotCore

/// The message in the conversation about one change, as the change is now. A plan's effect is shown from the plan
/// itself.
struct ChangeMessage {
    let change: Change
    let approvals: [Approval]
    /// The reason that somebody gave with the decision that ended the change.
    var verdictReason: String?
    let rules: Rulebook

    private var commandWord: String { rules.commandWords[change.channel] }

    var message: Message {
        var blocks: [Message.Block] = [.text("\(strong: "#\(change.id)") \(strong: change.title)"), .text(stateLine)]
        blocks.append(.facts(facts))
        if change.state == .pending, let cautions = change.plan?.cautions, !cautions.isEmpty {
            blocks += cautions.map { .text("⚠️ \($0)") }
        }
        blocks += change.reasons.map { .quote($0) }
        if !buttons.isEmpty { blocks.append(.buttons(buttons)) }
        if let note { blocks.append(.note(note)) }
        return Message(summary: summary, blocks: blocks)
    }

    private var summary: RichText {
        "#\(change.id) \(change.title) – \(stateLine)\(ending)"
    }

    /// The place of the result's history entry, with which such a message ends; empty while there is no result.
    private var ending: String {
        guard change.state.isEnd || change.state == .unknown, let recorded = change.recorded else { return "" }
        return " \(recorded.short)"
    }

    private var stateLine: RichText {
        var outcome: RichText = change.outcome.map { " \(RichText(marked: $0))" } ?? ""
        if let verdictReason { outcome = outcome + " “\(verdictReason)”" }
        return switch change.state {
        case .preparing: "⏳ Preparing: looking at the cluster …"
        case .pending: pendingLine
        case .ready: readyLine
        case .sending: "📡 Sending to the cluster API …"
        case .succeeded: "✅ Succeeded.\(outcome)"
        case .failed: change.howKnown == .notSent ? "❌ Failed; nothing was sent.\(outcome)" : "❌ Failed.\(outcome)"
        case .unknown: "❓ The outcome is unknown.\(outcome)"
        case .refused: "⛔ Refused.\(outcome)"
        case .denied: "🚫 Denied.\(outcome)"
        case .cancelled: "↩️ Cancelled.\(outcome)"
        case .expired: "⌛ Expired.\(outcome)"
        case .superseded: "🔁 Superseded.\(outcome)"
        }
    }

    private var readyLine: RichText {
        guard let busy = change.busy else { return "🟢 Agreed. Waiting for its turn on this cluster." }
        let end: RichText = change.validUntil.map { " I look again until \($0)." } ?? ""
        return "⏳ Agreed. The cluster is \(busy.status) since \(busy.since) at the latest, so I wait.\(end)"
    }

    private var pendingLine: RichText {
        let lead: RichText =
            if change.permits.contains(where: { $0.needs == .confirmation }) {
                "🖐 \(change.requester), please confirm."
            } else {
                "✋ Waiting for \(change.permits.sentence)."
            }
        let others = change.permits.filter { $0.needs != .confirmation }
        let alternative: RichText =
            others.isEmpty || others.count == change.permits.count ? "" : " Or: \(others.sentence)."
        let why: RichText = change.outcome.map { " \(RichText(marked: $0))" } ?? ""
        return lead + alternative + why
    }

    private var facts: [Message.Fact] {
        var facts: [Message.Fact] = [Message.Fact("Asked by", "\(change.requester)")]
        let yes = countedApprovals
        if !yes.isEmpty {
            let names = yes.map { approval -> RichText in
                approval.comment.map { "\(approval.actor) (“\($0)”)" } ?? "\(approval.actor)"
            }
            facts.append(.init("Approved by", RichText(Array(names.map(\.spans).joined(separator: [.plain(", ")])))))
        }
        if approvals.contains(where: { $0.verdict == .confirmed }) {
            facts.append(.init("Confirmed by", "\(change.requester)"))
        }
        if change.state == .pending {
            let possible = rules.possibleApprovers(change)
                .subtracting(yes.compactMap { rules.policy.name(of: $0.actor) }).sorted()
            if change.permits.contains(where: { if case .approvals = $0.needs { true } else { false } }) {
                facts.append(
                    .init(
                        "May agree",
                        possible.isEmpty ? "nobody: the group is empty" : "\(possible.joined(separator: ", "))"
                    )
                )
            }
            if let expires = change.expiresAt { facts.append(.init("Decide before", "\(expires)")) }
        }
        if let rule = change.rule ?? change.permits.first?.rule {
            let floors = change.permits.first { $0.rule == rule }?.floors ?? []
            facts.append(.init("Rule", "\(([rule] + floors).joined(separator: "; "))"))
        }
        if let replaces = change.replaces { facts.append(.init("Replaces", "#\(replaces)")) }
        return facts
    }

    /// The approvals that counted when the change was sent; before that, those that count now.
    private var countedApprovals: [Approval] {
        let agreed = approvals.filter { $0.verdict == .approved }
        if agreed.contains(where: \.counted) { return agreed.filter(\.counted) }
        let people = Consent(change: change, approvals: approvals, rules: rules).counted
        return agreed.filter { approval in
            rules.policy.name(of: rules.policy.asListedNow(approval.actor)).map(people.contains) ?? false
        }
    }

    private var buttons: [Message.Button] {
        let value = ButtonValue(change: change.id, digest: change.plan?.digest).description
        switch change.state {
        case .pending:
            var buttons: [Message.Button] = []
            if change.permits.contains(where: { $0.needs == .confirmation }) {
                buttons.append(.init(.confirm, label: "Confirm", value: value))
            }
            if change.permits.contains(where: { if case .approvals = $0.needs { true } else { false } }) {
                buttons.append(.init(.approve, label: "Approve", value: value))
                buttons.append(.init(.deny, label: "Deny", value: value))
            }
            return buttons + [.init(.cancel, label: "Cancel", value: value)]
        case .preparing, .ready: return [.init(.cancel, label: "Cancel", value: value)]
        default: return []
        }
    }

    private var note: RichText? {
        if !ending.isEmpty { return "History entry\(ending)" }
        guard let plan = change.plan, change.state == .pending else { return nil }
        let verb = change.permits.contains { $0.needs == .confirmation } ? "confirm" : "approve"
        let typed = "\(commandWord) \(verb) \(change.id)"
        return "Plan \(code: plan.digest.prefix(12)) – whoever agrees, agrees to exactly this. Or type \(code: typed)"
    }
}
