import BotCore
import CrashPoints
import Logging

/// Takes in the deliveries of platforms. When it answers a change or a decision, that is durable: the webhook's 200
/// rests on it.
package final class Intake: Sendable {
    /// A closure that gets the answer to a delivery once, on any thread. It must not block.
    package typealias Answer<Value> = @Sendable (Result<Value, any Error>) -> Void

    let context: EngineContext
    /// The program's version, for the command `version`.
    private let version: String
    let followUps: FollowUps
    /// The deliveries that may still be stored or withdrawn, although nobody waits for the answer any more.
    let underWay = UnderWay()
    private let rates = RequestRates()
    private let explained = RequestRates()
    let strangers = Strangers()

    init(context: EngineContext, version: String, followUps: FollowUps) {
        self.context = context
        self.version = version
        self.followUps = followUps
    }

    /// Answers a command.
    /// - Parameters:
    ///   - deadline: in the clock's uptime. What is not durable by then is withdrawn.
    ///   - answer: gets the reply. After a ``StoreError`` or ``TooLate`` nothing was stored, or the change that was
    ///     stored is withdrawn. With the code `outcomeUnknown` it is not known yet.
    package func handle(_ command: InboundCommand, deadline: Duration, answer: @escaping Answer<Reply>) {
        let answer = offering(to: command, deadline, answer)
        LogSubject.$current.withValue(LogSubject(request: command.request)) {
            guard mayHaveToLookUp else { return take(command, deadline: deadline, answer: answer) }
            lookUpFirst(command, deadline: deadline, answer: answer)
        }
    }

    /// Answers a command by what is known of user groups now.
    /// - Parameters:
    ///   - reason: a reason that goes with a change that is asked again without one.
    ///   - isTyped: whether somebody typed it, and did not click an offer.
    func take(
        _ command: InboundCommand,
        reason: String? = nil,
        isTyped: Bool = true,
        deadline: Duration,
        answer: @escaping Answer<Reply>
    ) {
        let rules = context.rulebook
        let actor = rules.policy.actor(command.account, name: command.displayName)
        let understood: Understood
        do {
            understood = try rules.understand(command, by: actor)
        } catch {
            return answer(.success(tooMany(actor, command.deliveryKey, rules) ?? wrong(error, actor, command, rules)))
        }
        if isTyped, let refusal = tooMany(understood, actor, command, rules) { return answer(.success(refusal)) }
        switch understood {
        case .change(let bare) where !bare.planOnly:
            let asked = bare.carrying(reason)
            if let problem = unstorable(asked, command, rules) { return answer(.success(.notDone(problem))) }
            // Whoever may not ask for it learns nothing of what there is.
            guard asked.hasNames, rules.policy.mayRead(actor, channel: command.channel, cluster: asked.cluster) == nil,
                case .allowed = rules.decide(asked, by: actor, in: command.channel)
            else { return take(asked, actor, command, rules, deadline, answer) }
            underWay.begin()
            Task {
                defer { underWay.end() }
                switch await named(asked, command, rules) {
                case .wrong(let reply): answer(.success(reply))
                case .understood(let asked):
                    take(asked, actor, command, context.rulebook, deadline, answer)
                }
            }
        case .command(let decision as any ChangeDecision):
            // The identity is checked first: an account that nobody lists costs no transaction.
            if !rules.policy.isKnown(actor) {
                return answer(.success(.notDone(rules.policy.noSuchChange(decision.change))))
            }
            if command.isDirect { return answer(.success(.notDone(Self.directSentence))) }
            let stored: Answer<StoredAnswer> = { answer($0.map(\.reply)) }
            once(command, deadline, isWithdrawable: false, wake: context.ringAll, answer: stored) { [self] writer in
                let (rules, actor) = present(command.account, command.displayName)
                let desk = DecisionDesk(
                    recorder: context.recorder(writer, request: command.request),
                    rules: rules,
                    seesPlans: command.seesPlans
                )
                let result = try desk.carryOut(decision, by: actor, in: command.channel)
                return StoredAnswer(result.sentence, isDone: result.isDone)
            }
        case .command(let unfreeze as Unfreeze) where unfreeze.name == nil:
            ask(Freezes(), actor, command, rules, deadline, answer)
        case .command(let closing as any ClosingCommand):
            // An account that nobody lists costs no transaction here either.
            if !rules.policy.isKnown(actor),
                let refusal = rules.policy.mayRead(actor, channel: command.channel, cluster: nil)
            {
                return answer(.success(.notDone(refusal.sentence)))
            }
            close(closing, command, deadline, answer: answer)
        case .incomplete(let cluster, let verb):
            ask(Choices(of: cluster, verb: verb), actor, command, rules, deadline, answer)
        case .whichChange(let word): ask(WhichChange(word: word), actor, command, rules, deadline, answer)
        case .change(let asked): ask(Preview(asked: asked), actor, command, rules, deadline, answer)
        case .command(let question as any Question): ask(question, actor, command, rules, deadline, answer)
        case .command:
            // No command comes here: each is a decision or a question.
            answer(
                .success(
                    .notDone("I do not know what to do with that. Try: `\(rules.commandWords[command.channel]) help`")
                )
            )
        }
    }

    /// Returns whether a change is asked for by an account that nobody lists, and refused: only such are counted together,
    /// because a rule for everyone may allow something to it.
    private func isStrangers(_ asked: AskedChange, _ actor: Actor, _ channel: Channel, _ rules: Rulebook) -> Bool {
        actor.person == nil && isRefused(asked, actor, channel, rules)
    }

    /// Stores a change that was asked for.
    private func take(
        _ asked: AskedChange,
        _ actor: Actor,
        _ command: InboundCommand,
        _ rules: Rulebook,
        _ deadline: Duration,
        _ answer: @escaping Answer<Reply>
    ) {
        let isStranger = isStrangers(asked, actor, command.channel, rules)
        let uptime = context.clock.uptime
        if isStranger, let same = strangers.answer(asked, by: actor, delivery: command.deliveryKey, at: uptime) {
            return answer(.success(.notDone(same)))
        }
        let mayPostRefusal = !isStranger || strangers.mayPost(at: uptime)
        let wake: @Sendable () -> Void = { [context] in
            context.ringOutbox(newMessageIn: command.channel)
            context.planning.ring()
        }
        let stored: Answer<StoredAnswer> = { [strangers] outcome in
            if isStranger {
                let stored = try? outcome.get()
                strangers.first(of: command.account, became: stored?.refused, answered: stored?.text ?? "")
            }
            answer(outcome.map(\.reply))
        }
        once(command, deadline, isWithdrawable: true, wake: wake, answer: stored) { [self] writer in
            let (rules, actor) = present(command.account, command.displayName)
            return try open(asked, actor, command, rules, mayPostRefusal: mayPostRefusal, writer)
        }
    }

    /// Answers a question, or ``TooLate`` at the deadline.
    private func ask(
        _ question: any Question,
        _ actor: Actor,
        _ inbound: InboundCommand,
        _ rules: Rulebook,
        _ deadline: Duration,
        _ answer: @escaping Answer<Reply>
    ) {
        let first = FirstAnswer(answer, mayGiveUpOnceBegun: true)
        context.deadlines.watch(first, until: deadline, clock: context.clock)
        let asking = Asking(
            context: context,
            actor: actor,
            inbound: inbound,
            rules: rules,
            followUps: followUps,
            version: version,
            deadline: deadline
        )
        Task {
            do {
                first.give(.success(try await asking.answer(question)))
            } catch {
                first.give(.failure(error))
            }
        }
    }

    /// Takes a click. An explanation goes to the person who clicked in private; the answer to the platform is empty.
    package func handle(_ click: InboundClick, deadline: Duration, answer: @escaping Answer<Void>) {
        LogSubject.$current.withValue(LogSubject(request: click.request)) {
            if click.isOffer { return takeOffer(click, deadline: deadline, answer: answer) }
            guard mayHaveToLookUp else { return take(click, deadline: deadline, answer: answer) }
            lookUpFirst(click, deadline: deadline, answer: answer)
        }
    }

    /// Takes a click by what is known of user groups now.
    func take(_ click: InboundClick, deadline: Duration, answer: @escaping Answer<Void>) {
        let rules = context.rulebook
        let clicker = rules.policy.actor(click.account, name: click.displayName)
        // An account that nobody lists costs no transaction.
        if !rules.policy.isKnown(clicker) {
            if mayExplain(click) {
                let refusal = rules.policy.mayRead(clicker, channel: click.channel, cluster: nil)?.sentence ?? ""
                explain(
                    ButtonValue(click.value).map { rules.policy.noSuchChange($0.change) } ?? refusal,
                    to: clicker,
                    click
                )
            }
            return answer(.success(()))
        }
        inTime(deadline, isWithdrawable: false, wake: context.ringAll) { [self] writer in
            // For a redelivery the explanation was given already.
            if try writer.answer(toDelivery: click.deliveryKey) != nil { return StoredAnswer("") }
            let (rules, actor) = present(click.account, click.displayName)
            let desk = DecisionDesk(recorder: context.recorder(writer, request: click.request), rules: rules)
            let answer = try clicked(click, by: actor, at: desk)
            try writer.remember(delivery: click.deliveryKey, answer: answer.stored, at: context.clock.now)
            CrashPoint.deliveryInTransaction.pass()
            return answer
        } answer: { [self] outcome in
            if let explanation = try? outcome.get(), !explanation.text.isEmpty, mayExplain(click) {
                explain(explanation.text, explanation.next, to: clicker, click)
            }
            answer(outcome.map { _ in })
        }
    }

    private func explain(_ text: String, _ next: Message.Button? = nil, to actor: Actor, _ click: InboundClick) {
        let address = PostAddress(channel: click.channel, replyHandle: click.replyHandle)
        var message = Message(RichText(marked: text))
        if let next { message.blocks.append(.buttons([next])) }
        followUps.tell(actor, message, at: address)
    }

    /// Returns the answer to somebody who gave too many commands within a minute; nil if this one is taken.
    private func tooMany(
        _ understood: Understood,
        _ actor: Actor,
        _ command: InboundCommand,
        _ rules: Rulebook
    ) -> Reply? {
        guard understood.isLimited, let refusal = tooMany(actor, command.deliveryKey, rules) else { return nil }
        // What an account asks that nobody lists is refused and counted, however much it is; only a flood is not.
        if refusal.message != nil, case .change(let asked) = understood, !asked.planOnly,
            isStrangers(asked, actor, command.channel, rules)
        {
            return nil
        }
        return refusal
    }

    private func tooMany(_ actor: Actor, _ delivery: String, _ rules: Rulebook) -> Reply? {
        let limit = rules.limits.requestsPerMinute
        switch rates.ask(actor.key, delivery: delivery, limit: limit, at: context.clock.uptime) {
        case .taken: return nil
        case .flood: return .nothing
        case .tooMany:
            return .notDone(
                "You have given \(limit) commands within a minute, and I take no more: nothing was done. "
                    + "Wait a little. Approving, denying and withdrawing go on."
            )
        }
    }

    /// Returns whether somebody who clicked is told why nothing was done. Each explanation is a call to the platform,
    /// whose rate limit everybody shares: a person gets one a second, an unlisted account one a minute.
    func mayExplain(_ click: InboundClick) -> Bool {
        let rules = context.rulebook
        let actor = rules.policy.actor(click.account, name: "")
        let limit = rules.policy.isKnown(actor) ? 60 : 1
        return explained.ask(actor.key, delivery: click.deliveryKey, limit: limit, at: context.clock.uptime) == .taken
    }

    /// Carries out a click. Returns the explanation for the person; empty where the change's own message shows the
    /// result.
    private func clicked(_ click: InboundClick, by actor: Actor, at desk: DecisionDesk) throws -> StoredAnswer {
        if let unlock = Unlock(click) {
            let closing = ClosingDesk(recorder: desk.recorder, rules: desk.rules)
            let result = try unlock.carryOut(by: actor, in: click.channel, at: closing)
            // A new message shows what was done.
            return StoredAnswer(result.isDone ? "" : result.sentence)
        }
        guard let decision = DecisionDesk.decision(click) else {
            return StoredAnswer("I do not know that button. Nothing was done.")
        }
        switch try desk.carryOut(decision, by: actor, in: click.channel) {
        case .done(let text, .sayWhy?):
            let value = ButtonValue(change: decision.change, digest: nil).description
            return StoredAnswer(
                text.capitalizedFirst,
                next: Message.Button(.sayWhy, label: "Say why", value: value)
            )
        case .done: return StoredAnswer("")
        case .notDone(let text): return StoredAnswer(text)
        }
    }

    /// Returns whether the policy refuses a request as it stands.
    private func isRefused(_ asked: AskedChange, _ actor: Actor, _ channel: Channel, _ rules: Rulebook) -> Bool {
        guard case .refused(let refusal) = rules.decide(asked, by: actor, in: channel) else { return false }
        return refusal.rule != nil || !rules.mustLookUp(for: Rulebook.request(asked, by: actor, in: channel))
    }

    /// Returns why a change cannot be taken on and no transaction is tried; nil if it can.
    private func unstorable(_ asked: AskedChange, _ command: InboundCommand, _ rules: Rulebook) -> String? {
        if command.isDirect { return Self.directSentence }
        if let problem = unreadable(asked, in: command.channel, rules) { return problem }
        return context.store.canStoreOutcomes ? nil : Self.noRoom
    }

    /// Returns the rules as they are when something is stored, and the person by them: they may have been replaced
    /// while the delivery waited.
    func present(_ account: Account, _ name: String) -> (Rulebook, Actor) {
        let rules = context.rulebook
        return (rules, rules.policy.actor(account, name: name))
    }

    static let directSentence =
        "In a direct message I only answer questions (`list`, `status`, `history`, …). "
        + "Ask for changes in a channel, so that everybody concerned can see them."

    private static let noRoom =
        "clusterbot's disk is nearly full, so I take on nothing new: nothing was stored. "
        + "Free some space where its store is, and ask again."

    private func wrong(_ error: WrongInput, _ actor: Actor, _ command: InboundCommand, _ rules: Rulebook) -> Reply {
        if let refusal = rules.policy.mayRead(actor, channel: command.channel, cluster: nil) {
            return .notDone(refusal.sentence)
        }
        return .notDone("\(error.problem) \(error.remedy(rules.commandWords[command.channel]))", offering: error.offers)
    }

    /// Returns the problem with a request that needs a read which this configuration forbids; nil if it needs none.
    private func unreadable(_ asked: AskedChange, in channel: Channel, _ rules: Rulebook) -> String? {
        guard !context.clusters.readsBack, let spec = asked.spec, spec.isRelative(asked.arguments) else { return nil }
        return (asked.hasNames ? "Names have to be looked up" : "That is counted from the cluster's present state")
            + ", which I may not read here (`read_back: false`). "
            + "Try: `\(rules.commandWords[channel]) \(asked.cluster.id) \(spec.forms[0])`"
    }

    /// Runs a transaction once for an idempotency key; a redelivery gets the answer that the first delivery got.
    func once(
        _ command: InboundCommand,
        _ deadline: Duration,
        isWithdrawable: Bool,
        wake: @escaping @Sendable () -> Void,
        answer: @escaping Answer<StoredAnswer>,
        _ body: @escaping @Sendable (any StoreWriter) throws -> StoredAnswer
    ) {
        inTime(deadline, isWithdrawable: isWithdrawable, wake: wake) { [self] writer in
            if let earlier = try writer.answer(toDelivery: command.deliveryKey) {
                return try again(try StoredAnswer(stored: earlier), writer)
            }
            let answer = try body(writer)
            // What came to nothing does not use an offer up.
            let hasEffect = answer.opened != nil || answer.named != nil || answer.isDone
            if hasEffect || !command.canBeTriedAgain {
                try writer.remember(delivery: command.deliveryKey, answer: answer.stored, at: context.clock.now)
            }
            CrashPoint.deliveryInTransaction.pass()
            return answer
        } answer: { outcome in
            answer(outcome)
        }
    }
}
