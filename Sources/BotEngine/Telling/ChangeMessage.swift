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
    /// How its cluster is followed until it runs again; nil: it is not.
    var following: Following?
    /// What it waits for besides people.
    var wait: Wait?
    /// Whether it ends with the place of the result in the history, as what everybody sees does.
    var showsPlace = true
    /// The channel of a group in which this is a copy of the card; nil: it is the card in the conversation.
    var copyIn: Channel?

    private var commandWord: String { rules.commandWords[change.channel] }

    /// Those who can decide on it.
    var deciders: Deciders { Deciders(change, approvals, rules, now: now) }

    var message: Message {
        var blocks: [Message.Block] = [.text(change.state == .pending ? request : stateLine)]
        if change.state == .pending {
            blocks += needLines.map { .text($0) }
            blocks += (change.plan?.cautions ?? []).map { .text("⚠️ \($0)") }
            if let end = asleepUntil {
                blocks.append(.text("🌙 All who can approve are in quiet hours until \(end). Nobody is woken."))
            }
            if case .closure(let closure)? = wait { blocks.append(.text(closed(closure))) }
        } else {
            if let outcome { blocks.append(.text(outcome)) }
            // What needed nobody had no card on which that stood.
            let unchecked = (change.plan?.cautions ?? []).filter { $0.hasPrefix(Plan.notChecked) }
            blocks += unchecked.map { .text("⚠️ \($0)") }
        }
        if let following { blocks.append(.text(watching(following))) }
        blocks += change.reasons.map { .quote("\(change.requester.shownName): “\($0)”") }
        if !buttons.isEmpty { blocks.append(.buttons(buttons)) }
        blocks.append(.note(note))
        return Message(summary: summary, blocks: blocks)
    }

    /// The whole message in one line: what it is about first, because notifications show no more than a hundred letters.
    private var summary: RichText {
        guard change.state == .pending else {
            return "\(stateLine). #\(change.id), asked by \(change.requester)\(ending)"
        }
        let lacking = Consent(change: change, approvals: approvals, rules: rules).lacking
        let what: RichText = waitsForRequester ? "please confirm" : "waits for \(lacking)"
        return "\(sign) \(title) – \(what). #\(change.id), asked by \(change.requester)"
    }

    private var title: String {
        (change.state == .succeeded ? change.doneTitle : nil) ?? change.title.capitalizedFirst
    }

    /// The place of the result's history entry, with which such a message ends; empty while there is no result.
    private var ending: String {
        guard showsPlace, change.state.isEnd || change.state == .unknown, let recorded = change.recorded else {
            return ""
        }
        return " \(recorded.short)"
    }

    private var waitsForRequester: Bool { change.waitsForRequester }

    /// The moment until which nobody who can decide is called; nil where somebody is.
    var asleepUntil: Timestamp? { change.state == .pending && !waitsForRequester ? deciders.asleepUntil : nil }

    private var sign: String { waitsForRequester ? "🖐" : "✋" }

    /// The first line of a request: who is asked, and what for.
    private var request: RichText {
        let channel = copyIn ?? change.channel
        let what: RichText = "\(strong: title)"
        let why: RichText = change.outcome.map { "\n\(RichText(marked: $0))" } ?? ""
        guard !waitsForRequester else {
            return "\(sign) \(rules.mention(change.requester, in: channel)), please confirm: \(what)\(why)"
        }
        let (deciders, all) = (deciders, deciders.people)
        let (called, whole) = (deciders.mentioned(in: copyIn), deciders.groupMentions(in: copyIn))
        let names: RichText =
            if whole.isEmpty, let parts = askedByEntry(called) {
                RichText(Array(parts.map(\.spans).joined(separator: [.plain(", and ")])))
            } else if !called.isEmpty || !whole.isEmpty {
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

    /// The people who are called, by the groups that must all approve; nil where one list says it.
    private func askedByEntry(_ called: [String]) -> [RichText]? {
        let needs = change.permits.approvalNeeds
        guard copyIn == nil, Set(needs).count == 1, let entries = needs.first?.entries, entries.count > 1 else {
            return nil
        }
        var left = called
        let parts = entries.compactMap { entry -> RichText? in
            let members = entry.members { rules.policy.approvers(in: $0, asked: change.asked) }
            let people = left.filter(members.contains)
            left.removeAll(where: people.contains)
            guard !people.isEmpty else { return nil }
            return RichText(listing: people.map { rules.mention($0, in: change.channel) }, last: "or")
        }
        // Of a group that has its approvals nobody is called.
        return parts.count > 1 && left.isEmpty ? parts : nil
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

    /// What it does and where it stands: `✅ +4 nodes on prod-train, 8 → 12 – done`.
    private var stateLine: RichText { "\(shownState.sign) \(strong: title) – \(shownState.words)" }

    private func watching(_ following: Following) -> RichText {
        let now = following.busyStatus.map { "\(change.cluster.name) is \($0). " } ?? ""
        return "📡 \(now)I look at it until it runs with all its nodes, at most until \(following.until)"
    }

    private var shownState: (sign: String, words: RichText) {
        switch change.state {
        case .preparing: ("⏳", "looking at the cluster")
        case .pending:
            (sign, "waits for \(Consent(change: change, approvals: approvals, rules: rules).lacking)")
        case .ready: ready
        case .sending: ("📡", "being sent")
        case .failed where change.howKnown == .notSent: (change.state.sign, "nothing was sent")
        default: (change.state.sign, RichText([.plain(change.state.word)]))
        }
    }

    /// The status of the cluster for whose end it waits, where nothing else is in its way.
    private var busy: ClusterBusy? { if case .closure? = wait { nil } else { change.busy } }

    private var ready: (sign: String, words: RichText) {
        guard let busy else {
            guard let wait else { return ("🟢", "is sent next") }
            return (wait.sign, RichText(marked: wait.words(on: change.cluster)))
        }
        let end: RichText = change.validUntil.map { "; I look again until \($0)" } ?? ""
        return ("⏳", "waits: the cluster has been \(busy.status.lowercased()) since \(busy.since)\(end)")
    }

    /// What is to be known before deciding: it is not sent at once.
    private func closed(_ closure: Closure) -> RichText {
        let valid = change.permits.approvalNeeds.map(\.valid).max()
        let holds = valid.map { "; an approval holds for \($0.spoken)" } ?? ""
        return
            "\(closure.sign) \(change.cluster.name) is \(RichText(marked: closure.explanation)). Nothing is sent until that ends\(holds)."
    }

    /// What is known of how it ended, and what somebody said to it.
    private var outcome: RichText? {
        let said: RichText = verdictReason.map { " “\($0)”" } ?? ""
        guard let outcome = change.outcome else { return verdictReason == nil ? nil : said }
        let whole = RichText(marked: outcome) + said
        guard change.state == .denied else { return whole }
        return whole + (whole.plain.hasSuffix(".") ? " Nothing was sent." : ". Nothing was sent.")
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
        guard let askAgain, copyIn == nil, change.mayOfferAgain else { return buttons }
        let isTheSame = askAgain.line == change.askedChange.typedLine
        let label = change.state != .failed ? "Ask again" : isTheSame ? "Try again" : "Choose another"
        return buttons + [.init(.offer, label: label, value: askAgain.handle)]
    }

    /// The longest name of a rule on a card that waits: whoever decides has more to read there.
    private static let longestRule = 30

    private static func short(_ name: String) -> String {
        name.count <= longestRule ? name : name.prefix(longestRule - 1).trimmed + "…"
    }

    /// The small print: who asked and agreed, by which rule, until when, and what to type.
    private var note: RichText {
        let isPending = change.state == .pending
        let yes = isPending ? [] : countedApprovals
        let isConfirmed = approvals.contains { $0.verdict == .confirmed }
        var parts: [RichText] = ["#\(change.id)", "asked by \(change.requester)"]
        if !yes.isEmpty { parts.append("approved by \(names(of: yes))") }
        if isConfirmed, !isPending { parts.append("confirmed by \(change.requester)") }
        if isPending, let until = change.expiresAt { parts.append("until \(until)") }
        if change.state == .ready, wait != nil, busy == nil, let until = change.validUntil {
            parts.append("expires \(until) if not sent")
        }
        if let ruleNames { parts.append("rule “\(isPending ? Self.short(ruleNames) : ruleNames)”") }
        if let replaces = change.replaces { parts.append("replaces #\(replaces)") }
        if isPending, copyIn != nil { parts.append("asked in \(change.channel)") }
        if isPending {
            let typed = "\(commandWord) \(waitsForRequester ? "confirm" : "approve") \(change.id)"
            parts.append("or type \(code: typed)")
        }
        if !ending.isEmpty { parts.append("\(ending.dropFirst())") }
        return RichText(Array(parts.map(\.spans).joined(separator: [.plain(" · ")])))
    }
}
