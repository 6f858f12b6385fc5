import BotCore

/// Renders posts from the store, as it is when a post is sent.
struct Announcer: Sendable {
    let context: EngineContext

    /// A rendered post, and what the outbox needs to know of it.
    struct Rendering: Sendable {
        var message: Message
        /// The revision that it shows.
        let revision: Int
        let replyHandle: String?
        /// The account that asked; ``channel`` is where it asked.
        let requester: Account?
        let channel: Channel
        /// Whether it shows the change's plan.
        var showsPlan = false
        /// Whether it asks people to decide.
        var waitsForPeople = false
        /// Whether somebody must act on it or waits for it. Everything else is only worth an edit.
        let isMilestone: Bool
        /// Whether it goes into another channel than the conversation's. There messages are never edited.
        var isElsewhere = false
        /// Whether it is a line that only says how something ended, which the card says, too.
        var isResult = false
        /// What the requester is told in private because everybody who could decide has quiet hours; nil where somebody
        /// can be called.
        var quietSentence: RichText?
    }

    /// A post with its rendering.
    struct Rendered {
        let post: Post
        /// Nil if there is nothing to show.
        let shown: Rendering?
        let subject: LogSubject
        /// The moment until which it waits, because it calls people who have quiet hours; nil: it does not.
        var waitsUntil: Timestamp?
    }

    /// Renders a post as it is now. The result is nil if the post was delivered meanwhile or belongs in another channel by
    /// now: a look may be old when the turn of what it found comes.
    func render(_ found: Post) async throws -> Rendered? {
        let (rules, now) = (context.rulebook, context.clock.now)
        return try await context.store.read { reader in
            guard let post = try reader.post(change: found.change, place: found.place), post.posted < post.wanted,
                post.channel == found.channel
            else { return nil }
            guard let id = post.change else {
                let shown = try entry(post, reader).map { try telling($0, post, reader) }
                return Rendered(post: post, shown: shown, subject: LogSubject())
            }
            guard let change = try reader.change(id) else {
                return Rendered(post: post, shown: nil, subject: LogSubject(change: id))
            }
            let approvals = try reader.approvals(of: change.id)
            let shown: Rendering? =
                switch post.place {
                // A copy that was not posted in time asks nobody any more.
                case .copy where post.posted == 0 && change.state != .pending: nil
                case .conversation, .copy:
                    card(
                        post,
                        of: change,
                        approvals,
                        try reader.verdictReason(of: change),
                        change.mayOfferAgain ? try reader.offer(toAskAgain: change.id) : nil,
                        change.state == .succeeded ? try reader.following(of: change.id) : nil,
                        try reader.wait(of: change, rules, at: now),
                        rules,
                        now
                    )
                case .looking: change.state == .preparing && post.posted == 0 ? line(of: change) : nil
                // A card that is not posted yet calls people itself.
                case .reminder(let channel):
                    try reader.posts(of: id).contains { $0.showsPlan && $0.posted > 0 }
                        ? reminder(of: change, approvals, in: channel, rules, now) : nil
                case .history(let seq), .notice(let seq):
                    try told(post, seq, of: change, approvals, rules, now, reader)
                }
            var rendered = Rendered(
                post: post,
                shown: try shown.map { try telling($0, post, reader) },
                subject: LogSubject(change)
            )
            if case .reminder = post.place, shown == nil, change.state == .pending {
                // Somebody who is called elsewhere may be awake.
                rendered.waitsUntil = Deciders(change, approvals, rules, now: now).firstWaking
            }
            return rendered
        }
    }

    /// Puts the end of the history beside the text of what stands in the history channel.
    private func telling(_ shown: Rendering, _ post: Post, _ reader: any StoreReader) throws -> Rendering {
        guard context.platforms[post.channel.platform]?.historyChannel == post.channel else { return shown }
        var shown = shown
        shown.message.head = try reader.toldHead(about: post.change)
        return shown
    }

    private func card(
        _ post: Post,
        of change: Change,
        _ approvals: [Approval],
        _ verdictReason: String?,
        _ askAgain: Offer?,
        _ following: Following?,
        _ wait: Wait?,
        _ rules: Rulebook,
        _ now: Timestamp
    ) -> Rendering {
        let card = ChangeMessage(
            change: change,
            approvals: approvals,
            verdictReason: verdictReason,
            rules: rules,
            now: now,
            askAgain: askAgain,
            following: following,
            wait: wait,
            copyIn: post.place.isCopy ? post.channel : nil
        )
        var message = card.message
        // Nobody was called to an earlier message of it, so this one calls whoever asked.
        let isFirst = post.place == .conversation && post.posted == 0
        let features = context.platforms[post.channel.platform]?.features(in: post.channel)
        if change.state.isTold, !post.place.isCopy, isFirst || features?.edits == false {
            message.call(rules.mention(change.requester, in: post.channel))
        }
        message.identity = .init(change: change.id, .revision(change.revision))
        let isElsewhere = !post.place.isCopy && post.channel != change.channel
        if isElsewhere { message.mark(asFrom: change.channel) }
        return Rendering(
            message: message,
            revision: change.revision,
            replyHandle: change.replyHandle,
            requester: change.requester.account,
            channel: change.channel,
            showsPlan: change.plan != nil,
            waitsForPeople: change.state == .pending,
            isMilestone: change.state.isMilestone,
            isElsewhere: isElsewhere,
            quietSentence: card.asleepUntil.map { quiet(change, $0) }
        )
    }

    private func quiet(_ change: Change, _ end: Timestamp) -> RichText {
        let until: RichText = change.expiresAt.map { "until \($0)" } ?? "as it is"
        return
            "All who can approve #\(change.id) are in quiet hours until \(end). Nobody is woken; the request stays \(until)."
    }

    private func line(of change: Change) -> Rendering {
        rendering(Message("⏳ \(strong: "#\(change.id)") \(change.title) – looking at the cluster …"), change, .looking)
    }

    private func reminder(
        of change: Change,
        _ approvals: [Approval],
        in channel: Channel,
        _ rules: Rulebook,
        _ now: Timestamp
    ) -> Rendering? {
        guard change.state == .pending else { return nil }
        let deciders = Deciders(change, approvals, rules, now: now)
        let called = deciders.called(in: channel)
        guard !called.isEmpty else { return nil }
        let until: RichText = change.expiresAt.map { " until \($0)" } ?? ""
        return rendering(
            Message(
                """
                \(RichText(listing: called, last: "or")): \(strong: "#\(change.id)") still waits for \
                \(Consent(change: change, approvals: approvals, rules: rules).lacking)\(until): \(change.title). \
                To approve, type \(code: "\(rules.commandWords[channel]) approve \(change.id)")
                """
            ),
            change,
            .reminder
        )
    }

    private func told(
        _ post: Post,
        _ seq: Int,
        of change: Change,
        _ approvals: [Approval],
        _ rules: Rulebook,
        _ now: Timestamp,
        _ reader: any StoreReader
    ) throws -> Rendering? {
        guard let entry = try reader.history(from: seq, limit: 1).first, entry.seq == seq else { return nil }
        let isNotice = post.place == .notice(seq: seq)
        let record = entry.record
        if isNotice, record?.kind == HistoryEntry.Kind.asked.rawValue {
            return further(of: change, approvals, group: record?.group, seq, rules, now)
        }
        let calls = isNotice || post.channel == change.channel
        var called = rules.mention(change.requester, in: post.channel)
        if record?.kind == HistoryEntry.Kind.reassessed.rawValue {
            // Whoever asked need not act; those whose approval was lost, and those who are asked now, must.
            let asked = record?.asksAnew == true ? Deciders(change, approvals, rules, now: now).mentioned() : []
            let people = (record?.lost ?? []) + asked.filter { record?.lost.contains($0) != true }
            if !people.isEmpty {
                called = RichText(
                    listing: people.prefix(Deciders.mostMentioned).map { rules.mention($0, in: post.channel) },
                    last: "and"
                )
            }
        }
        var message = EntryMessage(
            entry: entry,
            change: change,
            approvals: approvals,
            called: calls ? called : nil,
            isFollowed: isNotice ? try reader.following(of: change.id) != nil : false,
            showsPlace: !isNotice
        ).message
        if calls, change.state == .unknown {
            // Nobody is woken for what most probably settles itself: they are called if it does not.
            let settlesItself = !change.leavesNoTrace && context.clusters.readsBack && record?.isReminder != true
            message.ask(rules.possibleJudges(change), rules, calls: !settlesItself)
        }
        let isMoved = isNotice && post.channel != change.channel
        if isMoved { message.mark(asFrom: change.channel) }
        var shown = rendering(message, change, .entry(seq: seq))
        shown.isElsewhere = post.channel != change.channel
        shown.isResult = isNotice && seq == change.recorded?.seq && change.state.isTold
        return shown
    }

    /// The line with which a further group is asked.
    private func further(
        of change: Change,
        _ approvals: [Approval],
        group: String?,
        _ seq: Int,
        _ rules: Rulebook,
        _ now: Timestamp
    ) -> Rendering? {
        guard change.state == .pending, let group else { return nil }
        let deciders = Deciders(change, approvals, rules, now: now)
        let called = deciders.only(group).called(in: change.channel)
        let names = called.isEmpty ? "\(group)" : RichText(listing: called, last: "or")
        let until: RichText = change.expiresAt.map { " Until \($0)." } ?? ""
        return rendering(
            Message(
                "\(names): \(strong: "#\(change.id)") asks \(group) as well now: \(change.title). "
                    + "It waits for \(Consent(change: change, approvals: approvals, rules: rules).lacking).\(until)"
            ),
            change,
            .entry(seq: seq)
        )
    }

    /// Renders an entry that is about no change.
    private func entry(_ post: Post, _ reader: any StoreReader) throws -> Rendering? {
        guard let seq = post.place.entry, let entry = try reader.history(from: seq, limit: 1).first, entry.seq == seq
        else { return nil }
        var message = EntryMessage(entry: entry, change: nil, approvals: []).message
        if let record = entry.record, let lock = record.lock, record.channel == post.channel {
            let button = Message.Button(.unlock, label: "Unlock", value: lock.description)
            message.blocks.insert(.buttons([button]), at: max(0, message.blocks.count - 1))
        }
        return Rendering(
            message: message,
            revision: post.wanted,
            replyHandle: nil,
            requester: nil,
            channel: post.channel,
            isMilestone: true
        )
    }

    private func rendering(_ message: Message, _ change: Change, _ part: Message.Identity.Part) -> Rendering {
        var message = message
        message.identity = .init(change: change.id, part)
        return Rendering(
            message: message,
            revision: 1,
            replyHandle: change.replyHandle,
            requester: change.requester.account,
            channel: change.channel,
            isMilestone: true
        )
    }
}

extension ChangeState {
    /// Whether people must act on it or wait for it.
    var isMilestone: Bool { self == .pending || isTold }

    /// Whether whoever asked is called when it comes to that.
    var isTold: Bool { self == .unknown || isEnd }
}

extension Post.Place {
    /// The number of the entry that it tells of; nil where it tells of none.
    var entry: Int? {
        switch self {
        case .history(let seq), .notice(let seq): seq
        case .conversation, .looking, .copy, .reminder: nil
        }
    }
}
