import BotCore

/// Commands that buttons give. They come in like typed ones, through the same checks.
extension Intake {
    /// The part of the time before the deadline that is kept for the command itself.
    private static let keptForCommand = Duration.milliseconds(1500)

    /// Returns the way to answer a command with buttons for what the answer offers.
    func offering(
        to command: InboundCommand,
        _ deadline: Duration,
        _ answer: @escaping Answer<Reply>
    ) -> Answer<Reply> {
        { [context] outcome in
            guard case .success(let reply) = outcome, reply.mayOffer, let message = reply.message,
                !message.offered.isEmpty
            else { return answer(outcome) }
            // Whatever keeps the offers from being stored, the answer itself is ready.
            let first = FirstAnswer<Reply>(
                { outcome in
                    let bare = Reply(message.withButtons([]), isPrivate: reply.isPrivate, reply.result)
                    answer(.success((try? outcome.get()) ?? bare))
                },
                mayGiveUpOnceBegun: true
            )
            context.deadlines.watch(first, until: deadline, clock: context.clock)
            Task {
                let shown = await context.storingOffers(
                    of: message,
                    to: command.account,
                    in: command.channel,
                    isDirect: command.isDirect
                )
                first.give(.success(Reply(shown, isPrivate: reply.isPrivate, reply.result)))
            }
        }
    }

    /// Takes a click on an offer: once, within its time, and by whom it was made to. The answer goes to the person in
    /// private.
    func takeOffer(_ click: InboundClick, deadline: Duration, answer: @escaping Answer<Void>) {
        underWay.begin()
        Task {
            defer { underWay.end() }
            do {
                guard let taken = try await command(of: click, deadline) else { return answer(.success(())) }
                let reply = try await withCheckedThrowingContinuation { waiting in
                    take(taken.command, reason: taken.reason, isTyped: false, deadline: deadline) {
                        waiting.resume(with: $0)
                    }
                }
                if let message = reply.message, mayExplain(click) {
                    explain(message, click, isDirect: taken.command.isDirect)
                }
                answer(.success(()))
            } catch {
                answer(.failure(error))
            }
        }
    }

    /// Returns the command that a click on an offer gives, and the reason that it carries over; nil if it gives none, and
    /// whoever clicked was told why.
    private func command(
        of click: InboundClick,
        _ deadline: Duration
    ) async throws -> (command: InboundCommand, reason: String?)? {
        var rules = context.rulebook
        let rights = rules.policy.hangingOnRights(of: rules.policy.actor(click.account, name: click.displayName))
        await context.members.lookUp(rights, until: deadline - Self.keptForCommand)
        rules = context.rulebook
        let actor = rules.policy.actor(click.account, name: click.displayName)
        guard rules.policy.isKnown(actor) else {
            refuse(click, rules.policy.mayRead(actor, channel: click.channel, cluster: nil)?.sentence ?? "")
            return nil
        }
        let key = "offer:\(click.value)"
        let (offer, asked, became) = try await context.store.read { reader in
            let offer = try reader.offer(click.value)
            let stored = try reader.answer(toDelivery: key).map(StoredAnswer.init(stored:))
            return (
                offer, try offer?.change.flatMap(reader.change),
                try (stored?.opened ?? stored?.named).flatMap(reader.change)
            )
        }
        let word = rules.commandWords[click.channel]
        // Whoever may not see the change that is asked again hears of no offer.
        guard let offer, asked.map({ rules.mayRead($0, actor, in: click.channel) }) ?? true else {
            refuse(click, "That offer is old: type it again.")
            return nil
        }
        if let owner = offer.account, owner != click.account {
            refuse(click, "That was offered to somebody else. Type it yourself: `\(word) \(offer.line)`")
            return nil
        }
        if let became {
            refuse(
                click,
                "That offer is taken: #\(became.id) \(became.title), asked by \(became.requester.shownName), \(became.standing)."
            )
            return nil
        }
        guard !offer.isOld(at: min(click.clickedAt, context.clock.now)) else {
            refuse(click, "That offer is old: type it again: `\(word) \(offer.line)`")
            return nil
        }
        // What only looks may be looked at again.
        let isLook = (try? rules.grammar.understand(offer.line)).map(rules.grammar.onlyLooks) ?? false
        // Whoever would not be told what there is costs no look.
        if isLook, !mayExplain(click) { return nil }
        let command = InboundCommand(
            deliveryKey: isLook ? click.deliveryKey : key,
            canBeTriedAgain: true,
            account: click.account,
            displayName: click.displayName,
            channel: click.channel,
            isDirect: offer.isDirect,
            text: offer.line,
            typedAt: click.clickedAt,
            replyHandle: click.replyHandle,
            request: click.request
        )
        return (command, asked?.reason(carriedOverBy: actor))
    }

    private func refuse(_ click: InboundClick, _ marked: String) {
        if mayExplain(click) { explain(Message(RichText(marked: marked)), click, isDirect: false) }
    }

    private func explain(_ message: Message, _ click: InboundClick, isDirect: Bool) {
        let actor = context.rulebook.policy.actor(click.account, name: click.displayName)
        let address = PostAddress(channel: click.channel, replyHandle: click.replyHandle)
        followUps.tell(actor, message, at: address, isDirect: isDirect)
    }
}

extension InboundClick {
    /// Whether it gives a stored command.
    var isOffer: Bool {
        [Message.Button.Kind.offer, .page].contains { $0.rawValue == button }
    }
}

extension Change {
    /// Returns the reason with which somebody asks for the same again: their own as it was, another's as a quotation.
    fileprivate func reason(carriedOverBy actor: Actor) -> String? {
        reason.map { actor.key == requester.key ? $0 : "\(requester.shownName) (#\(id)): “\($0)”" }
    }
}

extension AskedChange {
    /// Returns the same request with a reason, unless it has one.
    func carrying(_ reason: String?) -> Self {
        guard let reason, self.reason == nil else { return self }
        return Self(cluster: cluster, action: action, arguments: arguments, reason: reason, planOnly: planOnly)
    }
}
