extension Condition {
    /// The store has room for the outcome of the sending, too. When a change is opened, the intake checks this itself.
    static let storeHasRoom = Condition(
        name: "store has room",
        beforeSending: { check, _ in check.hasRoom ? nil : .notNow }
    )
}
