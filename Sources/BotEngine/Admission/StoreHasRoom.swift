extension Condition {
    /// What comes of the sending must find room in the store, too. What cannot be stored is not taken on by the intake.
    static let storeHasRoom = Condition(
        name: "store has room",
        beforeSending: { check, _ in check.hasRoom ? nil : .notNow }
    )
}
