import BotCore

extension Condition {
    /// The history channels were read back, or need not be. Before that the executor does not begin.
    static let channelsAreCompared = Condition(
        name: "channels are compared",
        whenOpened: { opening, _ in
            guard case .isAwaited(let sentence) = opening.recorder.channelStanding else { return nil }
            return Refusal(reason: sentence)
        },
        beforeSending: { check, _ in
            if case .isAwaited = check.recorder.channelStanding { .notNow } else { nil }
        }
    )
}
