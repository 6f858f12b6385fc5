extension Condition {
    /// A process that stood still would otherwise send by how the cluster was hours ago. It is read again instead.
    static let readingIsFresh = Condition(
        name: "reading is fresh",
        beforeSending: { check, _ in check.isReadingFresh ? nil : .notNow }
    )
}
