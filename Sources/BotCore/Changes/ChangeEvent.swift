/// What can happen to a change; see ``ChangeState/after(_:)``.
package enum ChangeEvent: Sendable, Hashable {
    /// Its plan is made and waits for people.
    case planned
    /// Everything it needed is there.
    case allowed
    /// It got old while nothing ran; it is prepared anew, for confirmation.
    case delayed
    /// Its intent is committed.
    case sendingBegan
    case succeeded(HowKnown)
    case failed(HowKnown)
    case outcomeLost
    case refused, denied, cancelled, expired, superseded
}

extension ChangeEvent {
    package static let all: [ChangeEvent] =
        [
            .planned, .allowed, .delayed, .sendingBegan, .outcomeLost, .refused, .denied, .cancelled, .expired,
            .superseded,
        ] + known.flatMap { [.succeeded($0), .failed($0)] }

    private static let known: [HowKnown] = [.answer, .readBack, .person, .notSent]
}
