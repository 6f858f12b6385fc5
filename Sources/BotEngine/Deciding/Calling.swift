import BotCore

/// Calls those who can decide to a change that waits for them: with its card, once more at half its time, and by asking
/// further groups. Each call is stored in the transaction that makes it due, so none is lost or made twice.
struct Calling {
    let recorder: ChangeRecorder
    let rules: Rulebook

    /// Wants copies of the card in the channels of the groups that are asked, and sets the moment of the next call.
    /// After the rules were replaced it does so anew; a call that was to come is still made.
    func begin(_ change: inout Change) throws {
        try copy(change)
        if let due = change.callsAt, due <= recorder.now { return }
        change.callsAt = [change.callsAt, try nextCall(change, after: recorder.now)].compactMap(\.self).min()
    }

    /// Makes the calls that are due.
    func goOn(_ change: inout Change) throws {
        guard change.state == .pending, let due = change.callsAt, due <= recorder.now, let begin = change.waitsSince,
            !change.isExpired(at: recorder.now)
        else { return }
        // Before further groups are asked: their own line calls them.
        if let half = change.halfTime, half <= recorder.now { try remind(change) }
        let asked = askFurtherGroups(&change, since: begin)
        for group in asked {
            let head = try recorder.append(
                .asked,
                change,
                .init(by: .bot, detail: ["group": .string(group), "state": .string(change.state.rawValue)])
            )
            try recorder.announce(head, of: change, inConversation: true, inHistory: false)
        }
        try copy(change)
        change.callsAt = try nextCall(change, after: recorder.now)
        // Members of a further group may have approved already, for another entry.
        try AskedAgain(recorder: recorder, rules: rules).apply(to: &change)
    }

    /// Returns when people are called the next time; nil: never.
    func nextCall(_ change: Change, after now: Timestamp) throws -> Timestamp? {
        guard let begin = change.waitsSince else { return nil }
        let further = change.permits.approvalNeeds.flatMap(\.entries).compactMap { entry in
            entry.isFurtherGroupAsked ? nil : entry.then.map { begin + $0.after }
        }
        // A further group whose moment has passed, because the rules were replaced, is asked at once.
        return (further.map { max($0, now + Self.atOnce) } + [try nextReminder(change, after: now)].compactMap(\.self))
            .min()
    }

    /// Returns when those who can still decide are to be reminded: at half the time, or, where nobody could be called then,
    /// when the first of their quiet hours end; nil if they were, or that is too late.
    private func nextReminder(_ change: Change, after now: Timestamp) throws -> Timestamp? {
        guard !change.permits.approvalNeeds.isEmpty, let half = change.halfTime, let end = change.expiresAt else {
            return nil
        }
        if half > now { return half }
        guard try !wasReminded(change) else { return nil }
        return try deciders(change).firstWaking.flatMap { $0 < end ? $0 : nil }
    }

    private static let atOnce = Duration.milliseconds(1)

    /// Returns the groups that are asked from now on.
    private func askFurtherGroups(_ change: inout Change, since begin: Timestamp) -> [String] {
        let before = change.permits.askedGroups
        change.permits = change.permits.mappingNeeds { $0.askingFurtherGroups(after: recorder.now - begin) }
        return change.permits.askedGroups.filter { !before.contains($0) }
    }

    /// Wants a reminder where people are mentioned: in the channel of their group, else in the conversation. Wants it once,
    /// and not while nobody can be called.
    private func remind(_ change: Change) throws {
        guard try !wasReminded(change) else { return }
        for channel in try deciders(change).placesToCall {
            try recorder.want(.reminder(channel), of: change, in: channel)
        }
    }

    private func wasReminded(_ change: Change) throws -> Bool {
        try recorder.writer.posts(of: change.id).contains { if case .reminder = $0.place { true } else { false } }
    }

    private func deciders(_ change: Change) throws -> Deciders {
        Deciders(change, try recorder.writer.approvals(of: change.id), rules, now: recorder.now)
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
    /// The moment at which half its time is over.
    fileprivate var halfTime: Timestamp? {
        guard let begin = waitsSince, let end = expiresAt else { return nil }
        return begin + (end - begin) / 2
    }
}
