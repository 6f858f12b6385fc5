/// A simulated cloud as the page in the browser sees it: state out, faults in.
package struct CloudView: Sendable {
    /// The clusters, the reserved addresses, the waiting faults and the newest requests.
    package let snapshot: @Sendable () async -> SandboxJSON
    /// Adds the fault that the JSON describes; the sentence says what is wrong with it, if anything.
    package let inject: @Sendable (SandboxJSON) async -> String?

    package init(
        snapshot: @escaping @Sendable () async -> SandboxJSON,
        inject: @escaping @Sendable (SandboxJSON) async -> String?
    ) {
        self.snapshot = snapshot
        self.inject = inject
    }
}
