extension Condition {
    /// The service's end could cut a sending off that begins now.
    static let serviceGoesOn = Condition(
        name: "service goes on",
        beforeSending: { check, _ in check.isStopping ? .notNow : nil }
    )
}
