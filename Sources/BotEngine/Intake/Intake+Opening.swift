import BotCore

extension Intake {
    /// The time within which an identical request of the same person is named in the answer.
    private static let nameTwinWithin = Duration.seconds(60)
    /// The time within which a denied request is not asked again without a reason.
    private static let rememberDenial = Duration.seconds(60)

    /// Opens a change, or answers with the identical one that waits already.
    func open(
        _ asked: AskedChange,
        _ actor: Actor,
        _ command: InboundCommand,
        _ rules: Rulebook,
        mayPostRefusal: Bool,
        _ writer: any StoreWriter
    ) throws -> StoredAnswer {
        let recorder = context.recorder(writer, request: command.request)
        let since = Timestamp(milliseconds: recorder.now.milliseconds - Self.nameTwinWithin.wholeMilliseconds)
        let twins = try twins(of: asked, by: actor, since: since, recorder)
        if let waiting = twins.first(where: { $0.state == .pending || $0.state == .preparing && !$0.needsNobody }) {
            return try again(waiting, asked, by: actor, recorder, rules)
        }
        if let answer = try denial(of: asked, by: actor, in: command.channel, recorder, rules) { return answer }
        if let answer = try tooManyOpen(actor, in: command.channel, rules, writer) { return answer }
        if let answer = lackOfReason(asked, by: actor, in: command.channel, rules) { return answer }
        let change = try ChangeOpening(recorder: recorder, rules: rules).open(
            asked,
            by: actor,
            in: command.channel,
            typedAt: command.typedAt,
            replyHandle: command.replyHandle,
            request: command.request,
            mayPostRefusal: mayPostRefusal
        )
        if change.state == .refused {
            let refusal: Refusal? =
                if case .refused(let refusal) = rules.decide(asked, by: actor, in: command.channel) { refusal } else {
                    nil
                }
            let offers = [refusal?.instead].compactMap(\.self).map { offer in
                OfferedLine(offer.line + asked.typedReason, label: offer.label)
            }
            return StoredAnswer(change.refusedSentence, refused: change.id, offers: offers)
        }
        let recent = twins.last { $0.createdAt >= since && $0.state != .refused }
        let twin =
            recent.map { " You asked for the same less than a minute ago: #\($0.id) \($0.standing)." } ?? ""
        // Everybody sees the first answer only where nothing else can tell the channel.
        let hasOtherWay = context.platforms[command.channel.platform]?.features(in: command.channel).edits ?? false
        return StoredAnswer(
            "#\(change.id) \(change.title) – \(change.needsNobody ? "I am on it" : "I am reading the cluster; the card comes here").\(twin)",
            isPrivate: hasOtherWay,
            opened: change.id
        )
    }

    /// Returns the answer to an allowed request without the reason that it needs; nil for others. What is not allowed is
    /// refused for that.
    private func lackOfReason(
        _ asked: AskedChange,
        by actor: Actor,
        in channel: Channel,
        _ rules: Rulebook
    ) -> StoredAnswer? {
        guard let lack = rules.policy.reasons.lack(of: asked.action, reason: asked.reason),
            case .allowed = rules.decide(asked, by: actor, in: channel)
        else { return nil }
        return StoredAnswer(
            "`\(asked.title)` \(lack). Nothing was done. Type it again with one: "
                + "`\(rules.commandWords[channel]) \(asked.typedLine) --reason \"…\"`"
        )
    }

    /// Returns the same person's identical requests that still wait or are recent.
    private func twins(
        of asked: AskedChange,
        by actor: Actor,
        since: Timestamp,
        _ recorder: ChangeRecorder
    ) throws -> [Change] {
        let twins = try recorder.writer.changes(
            cluster: asked.cluster.id,
            action: asked.action,
            arguments: asked.arguments,
            waitingOrSince: since
        ).filter { $0.isSameRequest(as: asked, by: actor) }
        // A person who was told that it was not stored asks again with good reason: the earlier one is withdrawn.
        for twin in twins where context.unanswered.isToBeWithdrawn(twin.id) { try withdraw(twin.id, recorder) }
        return twins.filter { !context.unanswered.isToBeWithdrawn($0.id) }
    }

    /// Answers a repeated request with the change that waits already. A reason that comes with it is added, unless
    /// somebody has decided on the change already.
    private func again(
        _ waiting: Change,
        _ asked: AskedChange,
        by actor: Actor,
        _ recorder: ChangeRecorder,
        _ rules: Rulebook
    ) throws -> StoredAnswer {
        let standing = try recorder.writer.standing(of: waiting, rules, at: recorder.now)
        let known = "You asked for this already: #\(waiting.id) \(waiting.title) – it \(standing)."
        guard let reason = asked.reason, !waiting.reasons.contains(reason) else {
            return StoredAnswer(known, named: waiting.id)
        }
        guard try recorder.writer.approvals(of: waiting.id).isEmpty else {
            return StoredAnswer(
                "\(known) Your reason was not added, because somebody has decided on it already.",
                named: waiting.id
            )
        }
        guard waiting.addedReasons.count < Self.mostReasons else {
            return StoredAnswer("\(known) Your reason was not added: it has enough of them.", named: waiting.id)
        }
        var change = waiting
        change.addedReasons.append(reason)
        try recorder.append(.reasonAdded, change, .init(by: actor, texts: ["reason": reason]))
        try recorder.save(&change)
        return StoredAnswer("\(known) I added your reason.", named: waiting.id)
    }

    /// The most reasons that are added to one change: more would hide the others.
    private static let mostReasons = 4

    /// Returns the answer to a request that was denied a moment ago and is asked again without a reason; nil for
    /// others.
    private func denial(
        of asked: AskedChange,
        by actor: Actor,
        in channel: Channel,
        _ recorder: ChangeRecorder,
        _ rules: Rulebook
    ) throws -> StoredAnswer? {
        guard asked.reason == nil else { return nil }
        let since = Timestamp(milliseconds: recorder.now.milliseconds - Self.rememberDenial.wholeMilliseconds)
        let denied = try recorder.writer.changesDenied(cluster: asked.cluster.id, since: since)
            .last { $0.isSameRequest(as: asked, by: actor) }
        guard let denied else { return nil }
        let denials = try recorder.writer.approvals(of: denied.id).filter { $0.verdict == .denied }
        let who = denials.last?.actor.shownName ?? "Somebody"
        let why = denials.last?.comment.map { ": “\($0)”" } ?? ""
        return StoredAnswer(
            "\(who) denied this as #\(denied.id) less than a minute ago\(why). Ask again with a reason: "
                + "`\(rules.commandWords[channel]) \(asked.typedLine) --reason \"…\"`"
        )
    }

    /// Returns the answer to somebody who has as many open changes as the limit allows; nil for others.
    private func tooManyOpen(
        _ actor: Actor,
        in channel: Channel,
        _ rules: Rulebook,
        _ writer: any StoreWriter
    ) throws -> StoredAnswer? {
        let open = try writer.openChanges(of: actor.key)
        guard open >= rules.limits.openChanges else { return nil }
        return StoredAnswer(
            "You have \(open) open changes, and more are not taken: nothing was stored. "
                + "Finish or withdraw some: `\(rules.commandWords[channel]) pending`"
        )
    }
}
