import BotCore
import Testing

/// The state machine against a table that was written down on its own.
struct ChangeStateTests {
    static let events: [ChangeEvent] = [
        .planned, .allowed, .delayed, .sendingBegan, .outcomeLost, .refused, .denied, .cancelled, .expired, .superseded,
        .succeeded(.answer), .succeeded(.readBack), .succeeded(.person), .succeeded(.notSent),
        .failed(.answer), .failed(.readBack), .failed(.person), .failed(.notSent),
    ]

    /// Every arrow that there is. What is not listed cannot happen.
    static let arrows: [ChangeState: [ChangeEvent: ChangeState]] = [
        .preparing: [
            .planned: .pending, .allowed: .ready, .failed(.notSent): .failed, .refused: .refused,
            .cancelled: .cancelled,
            .expired: .expired,
        ],
        .pending: [
            .allowed: .ready, .refused: .refused, .denied: .denied, .cancelled: .cancelled, .expired: .expired,
            .superseded: .superseded,
        ],
        .ready: [
            .sendingBegan: .sending, .delayed: .preparing, .failed(.notSent): .failed, .refused: .refused,
            .denied: .denied,
            .cancelled: .cancelled, .expired: .expired, .superseded: .superseded,
        ],
        .sending: [
            .succeeded(.answer): .succeeded, .failed(.answer): .failed, .failed(.notSent): .failed,
            .outcomeLost: .unknown,
        ],
        .unknown: [
            .succeeded(.readBack): .succeeded, .succeeded(.person): .succeeded, .failed(.readBack): .failed,
            .failed(.person): .failed, .succeeded(.answer): .succeeded, .failed(.answer): .failed,
            .failed(.notSent): .failed,
        ],
    ]

    @Test(arguments: ChangeState.allCases) func everyEventLeadsWhereTheTableSays(_ state: ChangeState) {
        for event in Self.events { #expect(state.after(event) == Self.arrows[state]?[event], "\(event)") }
    }

    @Test func theNamesAreThoseOfTheContract() {
        #expect(
            ChangeState.allCases.map(\.rawValue) == [
                "preparing", "pending", "ready", "sending", "succeeded", "failed", "unknown", "refused", "denied",
                "cancelled",
                "expired", "superseded",
            ]
        )
        #expect(
            [HowKnown.answer, .readBack, .person, .notSent].map(\.rawValue) == [
                "answer", "read_back", "person", "not_sent",
            ]
        )
    }

    private func reachable(from start: ChangeState) -> Set<ChangeState> {
        var found: Set<ChangeState> = []
        var open = [start]
        while let state = open.popLast() {
            for next in Self.events.compactMap(state.after) where found.insert(next).inserted { open.append(next) }
        }
        return found
    }

    @Test(arguments: [ChangeState.sending, .unknown]) func noPathLeadsBackFromWhereItMayHaveBeenSent(
        _ state: ChangeState
    ) {
        let found = reachable(from: state)
        #expect(found.isDisjoint(with: [.ready, .preparing, .pending, .sending]))
        #expect(found.isSubset(of: [.unknown, .succeeded, .failed]))
    }

    @Test(arguments: ChangeState.allCases) func anEndIsNeverLeftAndNothingElseIsAnEnd(_ state: ChangeState) {
        #expect(state.isEnd == Self.events.allSatisfy { state.after($0) == nil })
    }

    @Test func everythingCanComeToAnEndAndEveryStateCanBeReached() {
        for state in ChangeState.allCases where !state.isEnd {
            #expect(reachable(from: state).contains { $0.isEnd }, "\(state)")
        }
        #expect(reachable(from: .preparing).union([.preparing]) == Set(ChangeState.allCases))
    }

    @Test func whatWasNotSentNeverSucceeds() {
        for state in ChangeState.allCases { #expect(state.after(.succeeded(.notSent)) == nil) }
    }
}
