/// The meaning of the API's words for a cluster's status. `cluster_api.statuses` of the configuration adds words. Case
/// does not matter.
package struct StatusKinds: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// `Running`, and every word that is not listed.
        case running
        /// A word for a cluster that is on its way to another status. Approved changes wait for it.
        case busy
        case down
    }

    private let busy: Set<String>
    private let down: Set<String>

    /// - Parameters:
    ///   - busy: further words for a cluster that is on its way.
    ///   - down: further words for a cluster that does not run.
    package init(busy: [String] = [], down: [String] = []) {
        self.busy = Set((Self.usuallyBusy + busy).map { $0.lowercased() })
        self.down = Set((Self.usuallyDown + down).map { $0.lowercased() })
    }

    package func kind(of status: String) -> Kind {
        let word = status.lowercased()
        if down.contains(word) { return .down }
        return busy.contains(word) ? .busy : .running
    }

    private static let usuallyBusy = ["Starting", "Restarting", "Updating", "Scaling", "Creating"]
    private static let usuallyDown = ["Failed", "Error", "Stopped", "Deleted"]
}
