import BotCore
import Logging

/// Moves changes on. Each step asks the state machine, writes the row, appends the history entry and wants the messages
/// that show it, all in the caller's transaction.
struct ChangeRecorder {
    let writer: any StoreWriter
    let now: Timestamp
    /// The history channels, by platform.
    let historyChannels: [String: Channel]
    /// What is known of the history channels since the start.
    let channelStanding: ChannelStanding
    /// Gets a line for each step once it is stored.
    let logger: Logger
    /// The id of the webhook that caused the steps, for the log; nil: that of the webhook that asked for the change.
    let request: String?

    /// The facts that are recorded with a step besides the change itself.
    struct Step {
        var actor: Actor
        var rule: String?
        var policy: String?
        var detail: [String: JSONValue] = [:]
        var texts: [String: String] = [:]
        /// Whether the history channel hears of it, if the change ends or its outcome is unknown.
        var isAnnounced = true
        /// The line of the button under what was not sent; nil: the same request.
        var leadsTo: String?
        /// Whether it is offered to ask for the same again, although it was refused.
        var offersAgain = false

        init(
            by actor: Actor,
            rule: String? = nil,
            policy: String? = nil,
            detail: [String: JSONValue] = [:],
            texts: [String: String] = [:],
            isAnnounced: Bool = true,
            leadsTo: String? = nil,
            offersAgain: Bool = false
        ) {
            self.actor = actor
            self.rule = rule
            self.policy = policy
            self.detail = detail
            self.texts = texts
            self.isAnnounced = isAnnounced
            self.leadsTo = leadsTo
            self.offersAgain = offersAgain
        }
    }

    /// Stores a new change and its first entry.
    func open(_ change: Change, detail: [String: JSONValue] = [:]) throws {
        try writer.insert(change)
        var entry = detail
        entry["asked"] = .string(change.title)
        entry["channel"] = .string(change.channel.description)
        entry["replaces"] = change.replaces.map(JSONValue.int)
        let texts = change.reason.map { ["reason": $0] } ?? [:]
        _ = try append(
            .requested,
            change,
            Step(
                by: change.requester,
                rule: change.permits.first?.rule,
                policy: change.policy,
                detail: entry,
                texts: texts
            )
        )
        count(change)
    }

    /// Applies an event to a change that was read in this transaction and stores it.
    /// - Throws: ``StoreError`` with code `conflict` if the event cannot happen in the change's state.
    func apply(_ event: ChangeEvent, to change: inout Change, _ step: Step) throws {
        guard let next = change.state.after(event) else {
            throw StoreError(.conflict, "#\(change.id) is \(change.state.rawValue); \(event) cannot happen to it.")
        }
        let wasUnknown = change.state == .unknown
        change.state = next
        if case .succeeded(let known) = event { change.howKnown = known }
        if case .failed(let known) = event { change.howKnown = known }
        change.rule = step.rule ?? change.rule
        change.policy = step.policy ?? change.policy
        var step = step
        step.detail["state"] = .string(next.rawValue)
        step.detail["how_known"] = change.howKnown.map { .string($0.rawValue) }
        if next.isEnd || next == .unknown { step.detail["outcome"] = .optional(change.outcome) }
        if next == .ready { change.readyOrder = try writer.nextReadyOrder() }
        if let kind = kind(of: event, wasUnknown: wasUnknown) {
            let head = try append(kind, change, step)
            if next.isEnd || next == .unknown {
                change.recorded = head
                if step.isAnnounced { try announceEnd(head, of: change) }
            }
        }
        if change.canBeAskedAgain || step.offersAgain {
            let line = step.leadsTo ?? change.askedChange.typedLine
            try writer.insert(Offer(line: line, account: nil, change: change.id, madeAt: now))
        }
        try save(&change)
        count(change)
    }

    /// Ends a change of which no plan can be made. Where something else has to be chosen, its button shows what there is.
    func fail(_ change: inout Change, _ problem: PlanProblem, policy: String? = nil) throws {
        change.outcome = problem.message
        let choices = problem.isAboutChoice ? change.askedChange.lineForChoices : nil
        try apply(.failed(.notSent), to: &change, Step(by: .bot, policy: policy, leadsTo: choices))
    }

    /// Adds an entry about a change without moving it: a decision, a plan that was made on the way.
    @discardableResult
    func append(_ kind: HistoryEntry.Kind, _ change: Change, _ step: Step) throws -> HistoryHead {
        let entry = HistoryEntry(
            at: now,
            kind: kind,
            change: change.id,
            cluster: change.cluster,
            action: change.action,
            parameters: change.parameters,
            actor: step.actor,
            rule: step.rule ?? change.rule,
            policy: step.policy ?? change.policy,
            detail: step.detail,
            texts: step.texts
        )
        let isLogged = logger.logLevel <= StepLine.level(of: kind)
        let before = isLogged ? try writer.lastStep(of: change.id) : nil
        let head = try writer.append(entry)
        guard isLogged else { return head }
        log(
            StepLine(
                entry: entry,
                seq: head.seq,
                change: change,
                before: before ?? change.typedAt,
                request: request ?? change.request
            )
        )
        return head
    }

    /// Logs a step once it is stored: a step that was undone with its transaction has not happened.
    private func log(_ line: StepLine) {
        let logger = logger
        writer.whenStored { logger.log(level: line.level, "\(line.text)", metadata: line.metadata) }
    }

    /// Says something to whoever looks for the cause of a delay. It is no step of the change.
    func debug(_ message: Logger.Message, _ metadata: Logger.Metadata) { logger.debug(message, metadata: metadata) }

    /// Appends what became known after a change had ended, and tells of it. Its state stays: an end is never left.
    func correct(_ change: inout Change, _ outcome: String, _ detail: [String: JSONValue] = [:]) throws {
        change.outcome = outcome
        var detail = detail
        detail["outcome"] = .string(outcome)
        detail["state"] = .string(change.state.rawValue)
        detail["how_known"] = .optional(change.howKnown?.rawValue)
        let head = try append(.settled, change, Step(by: .bot, detail: detail))
        change.recorded = head
        try announce(head, of: change)
        try save(&change)
    }

    /// Stores a change as its next revision, and wants its message to show it.
    /// - Parameter isVisible: whether its message says anything else by that. If not, it needs no edit.
    func save(_ change: inout Change, isVisible: Bool = true) throws {
        change.revision += 1
        change.updatedAt = now
        try writer.update(change)
        if isVisible { try show(change) }
    }

    /// Returns the kind of entry that records an event; nil where the event has no entry of its own.
    private func kind(of event: ChangeEvent, wasUnknown: Bool) -> HistoryEntry.Kind? {
        switch event {
        case .planned: .planned
        case .allowed, .delayed: nil
        case .sendingBegan: .sending
        case .succeeded: wasUnknown ? .settled : .succeeded
        case .failed: wasUnknown ? .settled : .failed
        case .outcomeLost: .unknown
        case .refused: .refused
        case .denied: .denied
        case .cancelled: .cancelled
        case .expired: .expired
        case .superseded: .superseded
        }
    }

    private func count(_ change: Change) {
        let (action, state) = (change.action, change.state.rawValue)
        writer.whenStored { Metric.changes.count(action, state) }
    }
}
