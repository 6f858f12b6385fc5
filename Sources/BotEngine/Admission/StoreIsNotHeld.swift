import BotCore

extension Condition {
    /// The store is not held. A restored backup takes no changes and sends nothing until a person releases it.
    static let storeIsNotHeld = Condition(
        name: "store is not held",
        whenOpened: { opening, _ in try opening.recorder.writer.hold().map { Refusal(reason: $0.sentence) } },
        beforeSending: { check, _ in try check.recorder.writer.hold() == nil ? nil : .notNow }
    )
}
