import BotCore

/// Records the outcome of a sending.
struct SendingOutcome {
    let recorder: ChangeRecorder
    let rules: Rulebook

    /// Records a call's outcome. Returns the change if this outcome decided its state; nil where another one was
    /// recorded before.
    func record(_ answer: CallOutcome, of id: Int) throws -> Change? {
        let writer = recorder.writer
        guard var change = try writer.change(id), var intent = try writer.intent(of: id) else { return nil }
        let wasTakenForLost = intent.endedAt != nil
        guard !wasTakenForLost || answer.isDefinite else { return nil }
        intent.endedAt = intent.endedAt ?? recorder.now
        intent.evidence = answer.sentence
        try writer.update(intent)
        switch change.state {
        case .sending:
            change.outcome = answer.sentence
            if case .unknown = answer {
                try LostOutcome(recorder: recorder, rules: rules).record(&change, what: answer.sentence)
            } else {
                if case .accepted = answer, change.spec?.isFollowed == true {
                    try writer.save(Following(cluster: change.cluster.id, change: id, since: recorder.now))
                }
                try recorder.apply(answer.event, to: &change, .init(by: .bot))
            }
        case .unknown:
            // The sending was only slow: its answer is better than any read.
            change.outcome = "The answer came after all: \(answer.sentence)"
            try recorder.apply(answer.event, to: &change, .init(by: .bot))
        default:
            try recorder.correct(&change, "After it was settled, the answer came: \(answer.sentence)")
            return nil
        }
        return change
    }
}

extension CallOutcome {
    var sentence: String {
        switch self {
        case .accepted(let text), .refused(let text), .notSent(let text), .unknown(let text): text
        }
    }

    /// The label in metrics.
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
