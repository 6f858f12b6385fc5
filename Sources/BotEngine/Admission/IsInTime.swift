import BotCore

extension Condition {
    /// People agreed to it for a time, which is not over.
    static let isInTime = Condition(
        name: "is in time",
        beforeSending: { check, change in change.isExpired(at: check.recorder.now) ? .expired : nil }
    )
}
