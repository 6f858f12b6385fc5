extension Condition {
    /// The service is not shutting down, which could cut off a sending that begins now.
    static let serviceGoesOn = Condition(
        name: "service goes on",
        beforeSending: { check, _ in check.isStopping ? .notNow : nil }
    )
}
