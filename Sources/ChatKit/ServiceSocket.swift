import BotCore

/// The socket by which users of the service's machine reach it: `server.socket` of the configuration.
package struct ServiceSocket: Hashable, Sendable {
    /// The system has no room for more bytes in a socket's address.
    package static let longestPath = 107

    /// The path of the socket; nil: beside the store.
    package var path: String?
    /// The system group whose members may connect; nil: the service's own user and root.
    package var group: String?
    /// The name of the machine in accounts of its users; nil: the name that the system has.
    package var host: String?
    /// The channel to which changes from the terminal belong; nil: none are taken there.
    package var channel: Channel?
    /// Whether approvals by accounts of the machine's users count.
    package var approvals: Bool

    package init(
        path: String? = nil,
        group: String? = nil,
        host: String? = nil,
        channel: Channel? = nil,
        approvals: Bool = false
    ) {
        self.path = path
        self.group = group
        self.host = host
        self.channel = channel
        self.approvals = approvals
    }
}
