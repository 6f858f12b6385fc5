import BotCore

/// Calls those who can decide to a change that waits for them: with its card, once more at half its time, and by asking
/// further groups. Each call is stored in the transaction that makes it due, so none is lost or made twice.
struct Calling {
    let recorder: ChangeRecorder
    let rules: Rulebook

    /// Wants copies of the card in the channels of the groups that are asked, and sets the moment of the next call.
    func begin(_ change: inout Change) throws {
        try copy(change)
        change.callsAt = nextCall(change, after: recorder.now)
    }

    /// Makes the calls that are due.
    func goOn(_ change: inout Change) throws {
        guard change.state == .pending, let due = change.callsAt, due <= recorder.now, let begin = change.waitsSince
        else { return }
        let asked = askFurtherGroups(&change, since: begin)
        change.ask(Set(asked), rules.policy)
        for group in asked {
            let head = try recorder.append(
                .asked,
                change,
                .init(by: .bot, detail: ["group": .string(group), "state": .string(change.state.rawValue)])
            )
            try recorder.announce(head, of: change, inConversation: true, inHistory: false)
        }
        if let half = change.halfTime, due <= half, half <= recorder.now { try remind(change) }
        try copy(change)
        change.callsAt = nextCall(change, after: recorder.now)
        try recorder.save(&change)
    }

    /// Returns when people are called the next time; nil: never.
    func nextCall(_ change: Change, after now: Timestamp) -> Timestamp? {
        guard let begin = change.waitsSince, let half = change.halfTime else { return nil }
        let further = change.permits.approvalNeeds.flatMap(\.entries).compactMap { entry in
            entry.isFurtherGroupAsked ? nil : entry.then.map { begin + $0.after }
        }
        let waits = change.permits.approvalNeeds.isEmpty ? [] : [half]
        // A further group whose moment has passed, because the rules were replaced, is asked at once.
        return (further.map { max($0, now + Self.atOnce) } + waits).filter { $0 > now }.min()
    }

    private static let atOnce = Duration.milliseconds(1)

    /// Returns the groups that are asked from now on.
    private func askFurtherGroups(_ change: inout Change, since begin: Timestamp) -> [String] {
        let before = change.permits.askedGroups
        change.permits = change.permits.mappingNeeds { $0.askingFurtherGroups(after: recorder.now - begin) }
        return change.permits.askedGroups.filter { !before.contains($0) }
    }

    /// Wants a reminder where people are mentioned: in the channel of their group, else in the conversation.
    private func remind(_ change: Change) throws {
        let deciders = Deciders(change, try recorder.writer.approvals(of: change.id), rules, now: recorder.now)
        for channel in deciders.channels where channel != change.channel {
            try recorder.want(.reminder(channel), of: change, in: channel)
        }
        if !deciders.mentionedHereOnly.isEmpty || deciders.channels.contains(change.channel) {
            try recorder.want(.reminder(change.channel), of: change, in: change.channel)
        }
    }

    private func copy(_ change: Change) throws {
        for group in change.permits.askedGroups {
            guard let channel = rules.calls(of: group).channel, channel != change.channel,
                try recorder.writer.post(change: change.id, place: .copy(channel)) == nil
            else { continue }
            try recorder.want(.copy(channel), of: change, in: channel)
        }
    }
}

extension [Permit] {
    /// The groups that are asked now, in their order.
    fileprivate var askedGroups: [String] {
        approvalNeeds.flatMap(\.entries).flatMap(\.groups).reduce(into: []) { all, group in
            if !all.contains(group) { all.append(group) }
        }
    }
}

extension Change {
    /// The time that it has for approvals.
    private var timeForPeople: Duration { permits.map(\.needs.within).max() ?? ApprovalNeeds.usualWithin }

    /// The moment from which it waits for people; nil where it does not.
    fileprivate var waitsSince: Timestamp? {
        expiresAt.map { Timestamp(milliseconds: $0.milliseconds - timeForPeople.wholeMilliseconds) }
    }

    /// The moment at which half its time is over.
    fileprivate var halfTime: Timestamp? { waitsSince.map { $0 + timeForPeople / 2 } }
}
