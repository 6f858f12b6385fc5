import BotCore

/// Carries out what people do in the terminal of the machine on which clusterbot runs, under the same rights and rules
/// as in chat. It sends nothing to a cluster.
package struct Operations: Sendable {
    let context: EngineContext
    /// The channel at which rules with channels look; nil: no such rule means the terminal.
    let channel: Channel?

    package init(context: EngineContext, channel: Channel?) {
        self.context = context
        self.channel = channel
    }

    /// The result for the person at the terminal.
    package struct Answer: Hashable, Sendable {
        /// One or more sentences in which back-ticks mark code.
        package let text: String
        /// Whether it was done.
        package let isDone: Bool

        package init(_ text: String, isDone: Bool = false) {
            self.text = text
            self.isDone = isDone
        }
    }

    /// Gives a person's verdict on an unknown outcome.
    /// - Parameter account: the account of the person who asks, as the operating system vouches for it; see
    ///   ``Account``.
    /// - Throws: ``StoreError``.
    package func resolve(
        _ id: Int,
        succeeded: Bool,
        reason: String,
        by account: Account
    ) async throws -> Answer {
        let decision: Resolve
        do {
            // The shell has split the words already: nothing in the reason is an option.
            guard let reason = CleanText.remark(try TypedText.normalized(reason)) else {
                return Answer("Say how you know, for everybody who asks later.")
            }
            decision = Resolve(change: id, succeeded: succeeded, reason: reason)
        } catch {
            return Answer(error.problem)
        }
        await lookUp(for: account)
        let result = try await context.store.write { writer in
            let rules = context.rulebook
            let actor = rules.policy.actor(account, name: account.description)
            return try DecisionDesk(recorder: context.recorder(writer), rules: rules)
                .carryOut(decision, by: actor, in: place(account))
        }
        context.ringAll()
        return switch result {
        case .done(let text, _): Answer(text, isDone: true)
        case .notDone(let text): Answer(text)
        }
    }

    /// Ends the hold of a store that was put back, so that changes can be sent again. The history channels are read once
    /// more before, as far as that can be done: what they tell by then is accepted. Refuses while an outcome is unknown.
    /// - Throws: ``StoreError``.
    package func release(by account: Account, reason: String) async throws -> Answer {
        await lookUp(for: account)
        var isRead = !context.headReaders.isEmpty
        // Not where nothing is held: nobody can have compared what is found only now.
        if try await context.store.read({ try $0.hold() }) != nil, mayRelease(account) {
            isRead = await ChannelMemory(context: context).refresh(within: Self.longestRefresh)
        }
        let unread = isRead && !context.isHeldBack ? "" : Self.unread
        let answer = try await context.store.write { writer in
            let rules = context.rulebook
            let actor = rules.policy.actor(account, name: account.description)
            if let refusal = releaseRefusal(actor, account, rules) { return Answer(refusal.sentence) }
            let cleaned: String?
            do throws(WrongInput) {
                cleaned = CleanText.remark(try TypedText.normalized(reason))
            } catch {
                return Answer(error.problem)
            }
            guard let text = cleaned else { return Answer("Say in the reason what was compared with what.") }
            let recorder = context.recorder(writer)
            let stored = try writer.hold()
            let isUnread = stored == nil
            guard let hold = try stored ?? heldBack(recorder) else {
                return Answer("Nothing is held, so there is nothing to release.")
            }
            // Perhaps no service has run since the backup was put back. Then nothing has ended yet the changes that it
            // holds as open.
            try Recovery.endLostSendings(recorder, rules)
            let sentence = isUnread ? Self.unreadHold : hold.sentence
            try RestoredStore(hold: hold, recorder: recorder, sentence: sentence).void(isAnnounced: false)
            // Once the hold ends, unknown outcomes are settled by reading. But nobody knows what else was sent after
            // the backup was made.
            let unknown = try writer.changes(in: [.unknown]).map { "#\($0.id)" }
            guard unknown.isEmpty else {
                return Answer(
                    "First settle \(unknown.joined(separator: ", ")), whose outcome is unknown: "
                        + "`clusterbot changes resolve NUMBER --succeeded` (or `--failed`) `--reason TEXT`."
                )
            }
            try writer.endHold()
            let outcome =
                isUnread
                ? "\(actor.shownName) lets changes be sent again, without the history channel, which could not be read."
                : "\(actor.shownName) lets changes be sent again, and accepts what was recorded up to \(hold.accepted.short)."
            // A marker's hold that nobody compared with the channel leaves it to the next start to do so.
            if isUnread { try writer.setSuspect(false) }
            let head = try writer.append(
                HistoryEntry(
                    at: context.clock.now,
                    kind: .released,
                    actor: actor,
                    policy: rules.policy.digest,
                    detail: [
                        "remembered": .string(hold.accepted.short), "found": .string(hold.found.short),
                        "outcome": .string(outcome),
                    ],
                    texts: ["reason": text]
                )
            )
            try recorder.announce(head, by: actor)
            return Answer("changes can be sent again. \(head.short)\(unread)", isDone: true)
        }
        if answer.isDone, isRead || context.isHeldBack { await ChannelMemory(context: context).pass() }
        context.ringAll()
        return answer
    }

    private static let unreadHold =
        "Nothing is sent: the store is in another file than before, and the history channel could not be read."

    /// Returns what holds the store while the history channels do not answer; nil if they did, or need not. Without a service
    /// nobody has asked them.
    private func heldBack(_ recorder: ChangeRecorder) throws -> StoreHold? {
        let isUnasked = try context.headReaders.isEmpty && recorder.writer.isSuspect()
        guard context.isHeldBack || isUnasked else { return nil }
        let head = try recorder.writer.historyHead()
        return StoreHold(remembered: head, found: head, noticedAt: recorder.now)
    }

    private static let unread =
        ". The history channel was not read: if it knows more than the store, the next reading holds it again"
    /// The longest time for which a release waits for the history channels. Whoever asks at the terminal waits for it.
    private static let longestRefresh = Duration.seconds(5)

    private func mayRelease(_ account: Account) -> Bool {
        let rules = context.rulebook
        return releaseRefusal(rules.policy.actor(account, name: account.description), account, rules) == nil
    }

    private func releaseRefusal(_ actor: Actor, _ account: Account, _ rules: Rulebook) -> Refusal? {
        let request = Policy.Request(actor: actor, channel: place(account), right: Right.release)
        guard case .refused(let refusal) = rules.policy.decide(request) else { return nil }
        return refusal
    }

    /// Looks up the user groups on which it hangs what somebody may do here.
    private func lookUp(for account: Account) async {
        let policy = context.rulebook.policy
        let unknown = policy.hangingOnRights(of: policy.actor(account, name: account.description))
        await context.members.lookUp(unknown, until: context.clock.uptime + MemberCache.longest)
    }

    /// Returns the channel to which what is done at the terminal belongs; without one, the terminal itself.
    private func place(_ account: Account) -> Channel {
        channel ?? Channel(platform: account.platform, workspace: account.workspace, id: "terminal")
    }
}
