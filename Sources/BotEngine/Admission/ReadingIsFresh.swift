extension Condition {
    /// The cluster was read only just now. A process that was suspended would otherwise send by a reading that is hours
    /// old; the cluster is read again instead.
    static let readingIsFresh = Condition(
        name: "reading is fresh",
        beforeSending: { check, _ in check.isReadingFresh ? nil : .notNow }
    )
}
