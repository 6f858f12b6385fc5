/// The limits on one person's requests: `limits` of the configuration. An account that nobody lists counts as a person.
package struct RequestLimits: Hashable, Sendable {
    /// The most changes from `preparing` to `ready` at the same time.
    package var openChanges: Int
    /// The most typed commands within 60 s. Decisions are never refused by it.
    package var requestsPerMinute: Int

    package init(openChanges: Int = 20, requestsPerMinute: Int = 30) {
        self.openChanges = openChanges
        self.requestsPerMinute = requestsPerMinute
    }
}
