/// An event that moves a change; see ``ChangeState/after(_:)``.
package enum ChangeEvent: Sendable, Hashable {
    /// Its plan is made, and it waits for people.
    case planned
    /// The needs of one permit are met.
    case allowed
    /// It became too old to be executed unseen, and is prepared anew for its requester's confirmation.
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
