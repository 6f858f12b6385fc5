import BotCore

/// The message in the conversation about one change, as the change is now. A plan's effect is shown from the plan
/// itself.
struct ChangeMessage {
    let change: Change
    let approvals: [Approval]
    /// The reason that somebody gave with the decision that ended the change.
    var verdictReason: String?
    let rules: Rulebook
    let now: Timestamp
    /// The offer to ask for the same again, where it ended without having been sent; nil: none.
    var askAgain: Offer?
    /// The channel of a group in which this is a copy of the card; nil: it is the card in the conversation.
    var copyIn: Channel?

    private var commandWord: String { rules.commandWords[change.channel] }

    /// Those who can decide on it.
    var deciders: Deciders { Deciders(change, approvals, rules, now: now) }

    var message: Message {
        var blocks: [Message.Block] =
            change.state == .pending
            ? [.text(request)]
            : [.text("\(strong: "#\(change.id)") \(strong: change.title)"), .text(stateLine), .facts(facts)]
        if change.state == .pending {
            blocks += needLines.map { .text($0) }
            blocks += (change.plan?.cautions ?? []).map { .text("⚠️ \($0)") }
            blocks += change.reasons.map { .quote("\(change.requester.shownName): “\($0)”") }
        } else {
            blocks += change.reasons.map { .quote($0) }
        }
        if !buttons.isEmpty { blocks.append(.buttons(buttons)) }
        if let note { blocks.append(.note(note)) }
        return Message(summary: summary, blocks: blocks)
    }

    private var summary: RichText {
        guard change.state == .pending else { return "#\(change.id) \(change.title) – \(stateLine)\(ending)" }
        let what: RichText = waitsForRequester ? "please confirm" : "waits for \(change.permits.sentence)"
        return "\(sign) #\(change.id) \(change.title) – \(what), asked by \(change.requester)"
    }

    /// The place of the result's history entry, with which such a message ends; empty while there is no result.
    private var ending: String {
        guard change.state.isEnd || change.state == .unknown, let recorded = change.recorded else { return "" }
        return " \(recorded.short)"
    }

    private var waitsForRequester: Bool { change.waitsForRequester }

    private var sign: String { waitsForRequester ? "🖐" : "✋" }

    /// The first line of a request: who is asked, and what for.
    private var request: RichText {
        let channel = copyIn ?? change.channel
        let what: RichText = "\(strong: "#\(change.id)") \(strong: change.title)"
        let why: RichText = change.outcome.map { "\n\(RichText(marked: $0))" } ?? ""
        guard !waitsForRequester else {
            return "\(sign) \(rules.mention(change.requester, in: channel)), please confirm: \(what)\(why)"
        }
        let (deciders, all) = (deciders, deciders.people)
        let (called, whole) = (deciders.mentioned(in: copyIn), deciders.groupMentions(in: copyIn))
        let names: RichText =
            if !called.isEmpty || !whole.isEmpty {
                RichText(listing: whole + called.map { rules.mention($0, in: channel) }, last: "or")
            } else {
                RichText(listing: all.prefix(Deciders.mostMentioned).map { RichText([.plain($0)]) }, last: "or")
            }
        guard !all.isEmpty || !called.isEmpty || !whole.isEmpty else {
            let unknown = rules.policy.unknown(in: change.groupsAsked)
            let lack =
                unknown.isEmpty
                ? "Nobody can approve this now: it needs \(change.permits.sentence), and nobody who is asked may."
                : rules.policy.userGroups.unknownSentence(unknown)
            return "\(sign) \(what)\n\(RichText(marked: lack))\(why)"
        }
        let shown = called.isEmpty ? min(all.count, Deciders.mostMentioned) : called.count
        let more = whole.isEmpty ? all.count - shown : 0
        let others: RichText = more > 0 && copyIn == nil ? " (and \(more) more)" : ""
        return "\(sign) \(names)\(others): approve?  \(what)\(why)"
    }

    /// The groups that are asked, each with what it has and lacks, where one line cannot say it; the approvals so far.
    private var needLines: [RichText] {
        let needs = change.permits.approvalNeeds.reduce(into: [ApprovalNeeds]()) { all, needs in
            if !all.contains(needs) { all.append(needs) }
        }
        let isPlain =
            needs.count == 1 && needs[0].entries.count == 1 && needs[0].entries[0].count == 1 && !waitsForRequester
        var lines: [RichText] = []
        if !isPlain {
            let able = deciders.people
            lines = needs.enumerated().map { index, needs in
                let lead: RichText = index > 0 || waitsForRequester ? "or " : ""
                let entries = needs.entries.map { entry(of: $0, able: Set(able)) }
                return lead + RichText(Array(entries.map(\.spans).joined(separator: [.plain("   ")])))
            }
        }
        let yes = countedApprovals
        if !yes.isEmpty {
            lines.append("✅ \(names(of: yes)) approved")
        }
        return lines
    }

    private func entry(of entry: ApprovalNeeds.Entry, able: Set<String>) -> RichText {
        let members = entry.members { rules.policy.approvers(in: $0, asked: change.asked) }
        let agreed = countedApprovals.compactMap { rules.policy.name(of: $0.actor) }.filter(members.contains)
        if agreed.count >= entry.count { return "✅ \(entry.words): \(agreed.joined(separator: ", "))" }
        let left = members.intersection(able).sorted()
        let names = left.isEmpty ? "nobody" : left.prefix(Deciders.mostMentioned).joined(separator: ", ")
        let so = agreed.isEmpty ? "" : " (\(agreed.count) of \(entry.count): \(agreed.joined(separator: ", ")))"
        return "⏳ \(entry.words)\(so): \(names)"
    }

    private func names(of approvals: [Approval]) -> RichText {
        let names = approvals.map { approval -> RichText in
            approval.comment.map { "\(approval.actor) (“\($0)”)" } ?? "\(approval.actor)"
        }
        return RichText(listing: names, last: "and")
    }

    private var stateLine: RichText {
        var outcome: RichText = change.outcome.map { " \(RichText(marked: $0))" } ?? ""
        if let verdictReason { outcome = outcome + " “\(verdictReason)”" }
        return switch change.state {
        case .preparing: "⏳ Preparing: looking at the cluster …"
        case .pending: request
        case .ready: readyLine
        case .sending: "📡 Sending to the cluster API …"
        case .succeeded: "✅ Succeeded.\(outcome)"
        case .failed: change.howKnown == .notSent ? "❌ Failed; nothing was sent.\(outcome)" : "❌ Failed.\(outcome)"
        case .unknown: "❓ The outcome is unknown.\(outcome)"
        case .refused: "⛔ Refused.\(outcome)"
        case .denied: "🚫 Denied.\(outcome)"
        case .cancelled: "↩️ Withdrawn.\(outcome)"
        case .expired: "⌛ Expired.\(outcome)"
        case .superseded: "🔁 Superseded.\(outcome)"
        }
    }

    private var readyLine: RichText {
        guard let busy = change.busy else { return "🟢 Waiting for its turn on this cluster." }
        let end: RichText = change.validUntil.map { " I look again until \($0)." } ?? ""
        return "⏳ The cluster is \(busy.status) since \(busy.since) at the latest, so I wait.\(end)"
    }

    private var facts: [Message.Fact] {
        var facts: [Message.Fact] = [Message.Fact("Asked by", "\(change.requester)")]
        let yes = countedApprovals
        if !yes.isEmpty { facts.append(.init("Approved by", names(of: yes))) }
        if approvals.contains(where: { $0.verdict == .confirmed }) {
            facts.append(.init("Confirmed by", "\(change.requester)"))
        }
        if let ruleNames { facts.append(.init("Rule", "\(ruleNames)")) }
        if let replaces = change.replaces { facts.append(.init("Replaces", "#\(replaces)")) }
        return facts
    }

    private var ruleNames: String? {
        guard let rule = change.rule ?? change.permits.first?.rule else { return nil }
        return ([rule] + (change.permits.first { $0.rule == rule }?.floors ?? [])).joined(separator: "; ")
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
        let buttons = ChangeButtons(change).all
        guard let askAgain, copyIn == nil, change.canBeAskedAgain else { return buttons }
        let label = change.state == .expired ? "Ask again" : "Try again"
        return buttons + [.init(.offer, label: label, value: askAgain.handle)]
    }

    private var note: RichText? {
        if !ending.isEmpty { return "History entry\(ending)" }
        guard change.state == .pending else { return nil }
        let until: RichText = change.expiresAt.map { " · until \($0)" } ?? ""
        let rule = ruleNames.map { " · rule “\($0)”" } ?? ""
        let replaces = change.replaces.map { " · replaces #\($0)" } ?? ""
        let place: RichText = copyIn == nil ? "" : " · asked in \(change.channel)"
        let typed = "\(commandWord) \(waitsForRequester ? "confirm" : "approve") \(change.id)"
        return "#\(change.id) · asked by \(change.requester)\(until)\(rule)\(replaces)\(place) · or type \(code: typed)"
    }
}
