import BotCore

/// Looks at a pending change after an answer came about a user group that it asks: the first answer says who counts. By it
/// those who have approved already may be enough, and later ones may say that somebody who has approved has left.
struct AskedAgain {
    let recorder: ChangeRecorder
    let rules: Rulebook

    func apply(to change: inout Change) throws {
        change.ask(change.groupsAsked, rules.policy)
        let approvals = try recorder.writer.approvals(of: change.id)
        let consent = Consent(change: change, approvals: approvals, rules: rules)
        guard let met = consent.metPermit(at: recorder.now) else {
            try tellLost(change, approvals)
            return try recorder.save(&change)
        }
        change.validUntil = recorder.now + met.needs.valid
        try recorder.apply(.allowed, to: &change, .init(by: .bot, rule: met.rule, policy: rules.policy.digest))
    }

    /// Tells those whose approval no longer counts, because they left the groups that are asked: each once.
    private func tellLost(_ change: Change, _ approvals: [Approval]) throws {
        let lost = try change.newlyLost(approvals, recorder.writer, rules)
        guard !lost.isEmpty else { return }
        let text =
            "The approval of \(lost.joined(separator: " and ")) no longer counts: they left the group. "
            + "It still needs \(change.permits.sentence)."
        let head = try recorder.append(
            .reassessed,
            change,
            .init(
                by: .bot,
                policy: rules.policy.digest,
                detail: [
                    "state": .string(change.state.rawValue), "outcome": .string(text),
                    "lost": .array(lost.map(JSONValue.string)),
                ]
            )
        )
        try recorder.announce(head, of: change)
    }
}

extension Change {
    /// Returns those, by name, who have approved and whose approval does not count any more, without those who were told. None
    /// while it is not known who is in a group that is asked.
    func newlyLost(_ approvals: [Approval], _ reader: any StoreReader, _ rules: Rulebook) throws -> [String] {
        let consent = Consent(change: self, approvals: approvals, rules: rules)
        let lost = consent.approvers.subtracting(consent.counted)
        guard !lost.isEmpty, rules.unknown(self).isEmpty else { return [] }
        return try lost.subtracting(reader.history(of: id).flatMap { $0.record?.lost ?? [] }).sorted()
    }
}
