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
            let first = FirstAnswer(answer, mayGiveUpOnceBegun: true)
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
                    take(taken.command, reason: taken.reason, deadline: deadline) { waiting.resume(with: $0) }
                }
                if var message = reply.message {
                    if taken.isAgain { message = Message("That offer is taken:").followed(by: message) }
                    explain(message, click)
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
    ) async throws -> (command: InboundCommand, reason: String?, isAgain: Bool)? {
        var rules = context.rulebook
        let rights = rules.policy.hangingOnRights(of: rules.policy.actor(click.account, name: click.displayName))
        await context.members.lookUp(rights, until: deadline - Self.keptForCommand)
        rules = context.rulebook
        let actor = rules.policy.actor(click.account, name: click.displayName)
        guard rules.policy.isKnown(actor) else {
            if mayExplain(click) {
                let refusal = rules.policy.mayRead(actor, channel: click.channel, cluster: nil)
                explain(Message(RichText(marked: refusal?.sentence ?? "")), click)
            }
            return nil
        }
        let key = Self.key(ofOffer: click.value)
        let (offer, asked, isTaken) = try await context.store.read { reader in
            let offer = try reader.offer(click.value)
            let asked = try offer?.change.flatMap(reader.change)
            return (offer, asked, try reader.answer(toDelivery: key) != nil)
        }
        let word = rules.commandWords[click.channel]
        guard let offer else {
            refuse(click, "That offer is old: type it again.")
            return nil
        }
        if let owner = offer.account, owner != click.account {
            refuse(click, "That was offered to somebody else. Type it yourself: `\(word) \(offer.line)`")
            return nil
        }
        guard isTaken || !offer.isOld(at: min(click.clickedAt, context.clock.now)) else {
            refuse(click, "That offer is old: type it again: `\(word) \(offer.line)`")
            return nil
        }
        let command = InboundCommand(
            deliveryKey: offer.account == nil ? await publicKey(of: offer, click, actor, deadline) : key,
            account: click.account,
            displayName: click.displayName,
            channel: click.channel,
            isDirect: offer.isDirect,
            text: offer.line,
            typedAt: click.clickedAt,
            replyHandle: click.replyHandle,
            request: click.request
        )
        return (command, asked?.reason(carriedOverBy: actor), isTaken)
    }

    private static func key(ofOffer handle: String) -> String { "offer:\(handle)" }

    /// Returns the key under which a public offer is taken. It is used up by whoever may ask for it; a click of somebody else
    /// is a request of their own, which leaves it to others.
    private func publicKey(
        of offer: Offer,
        _ click: InboundClick,
        _ actor: Actor,
        _ deadline: Duration
    ) async -> String {
        let key = Self.key(ofOffer: offer.handle)
        guard case .change(let asked)? = try? context.rulebook.grammar.understand(offer.line) else { return key }
        let unknown = context.rulebook.unknown(asked, by: actor, in: click.channel)
        await context.members.lookUp(unknown, until: deadline - Self.keptForCommand)
        guard case .refused = context.rulebook.decide(asked, by: actor, in: click.channel) else { return key }
        return "\(key):\(click.account)"
    }

    private func refuse(_ click: InboundClick, _ marked: String) {
        if mayExplain(click) { explain(Message(RichText(marked: marked)), click) }
    }

    private func explain(_ message: Message, _ click: InboundClick) {
        let actor = context.rulebook.policy.actor(click.account, name: click.displayName)
        followUps.tell(actor, message, at: PostAddress(channel: click.channel, replyHandle: click.replyHandle))
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
