import BotCore

extension Condition {
    /// The approval is still valid: it holds for a limited time.
    static let isInTime = Condition(
        name: "is in time",
        beforeSending: { check, change in change.isExpired(at: check.recorder.now) ? .expired : nil }
    )
}
