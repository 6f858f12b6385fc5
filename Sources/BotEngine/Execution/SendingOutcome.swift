import BotCore

/// Puts into the store what a sending showed.
struct SendingOutcome {
    let ledger: Ledger
    let rules: Rulebook

    /// Records evidence. Gives the change if this is what it came to; nil where something else was recorded before.
    func record(_ evidence: Evidence, of id: Int) throws -> Change? {
        let writer = ledger.writer
        guard var change = try writer.change(id), var intent = try writer.intent(of: id) else { return nil }
        let wasTakenForLost = intent.endedAt != nil
        guard !wasTakenForLost || evidence.isDefinite else { return nil }
        intent.endedAt = intent.endedAt ?? ledger.now
        intent.evidence = evidence.sentence
        try writer.update(intent)
        switch change.state {
        case .sending:
            change.outcome = evidence.sentence
            if case .unknown = evidence {
                try LostOutcome(ledger: ledger, rules: rules).record(&change, what: evidence.sentence)
            } else {
                try ledger.apply(evidence.event, to: &change, .init(by: .bot))
            }
        case .unknown:
            // The sender was only slow, and still knows what nobody else can.
            change.outcome = "The answer came after all: \(evidence.sentence)"
            try ledger.apply(evidence.event, to: &change, .init(by: .bot, notice: true))
        default:
            try ledger.correct(&change, "After it was settled, the answer came: \(evidence.sentence)")
            return nil
        }
        return change
    }
}

extension Evidence {
    var sentence: String {
        switch self {
        case .accepted(let text), .refused(let text), .notSent(let text), .unknown(let text): text
        }
    }

    /// For metrics.
    var word: String {
        switch self {
        case .accepted: "accepted"
        case .refused: "refused"
        case .notSent: "not_sent"
        case .unknown: "unknown"
        }
    }

    fileprivate var isDefinite: Bool { if case .unknown = self { false } else { true } }

    fileprivate var event: ChangeEvent {
        switch self {
        case .accepted: .succeeded(.answer)
        case .refused: .failed(.answer)
        case .notSent: .failed(.notSent)
        case .unknown: .outcomeLost
        }
    }
}
