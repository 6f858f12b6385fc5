/// The bounds of connections of each server: the descriptors that the process may have, shared out.
///
/// They must never run out: whoever cannot open a file then is the store, the cluster API's connection, or libdispatch, which
/// ends the process when it cannot look at its own threads in `/proc`.
package struct ConnectionLimits: Sendable, Equatable {
    /// Descriptors for the store with its companions and a backup, the event loops, libdispatch's looks into `/proc`, the
    /// configuration, the standard streams, name look-ups: about thirty were open at once.
    package static let ownFiles = 48
    /// Connections kept for the operations address, so that health checks and scrapes come through whatever happens at the
    /// public one.
    package static let forPrivate = 32
    /// The operations socket: its users are people at terminals.
    package static let forSocket = 16
    /// libcurl's connections that the engine can use at once, each with a way to wake it up.
    package static let mostTransfers = 128
    /// The highest bound, far more than a chat platform opens. Each may hold a head and a body: a thousand are 100 MiB at
    /// the worst.
    package static let mostPublic = 1024
    /// The least bound. With fewer, peers that send nothing would push each other out before anybody's request is there.
    package static let leastPublic = 8

    /// Connections at the public address.
    package let `public`: Int
    /// Connections at the private address.
    package let `private`: Int
    package let socket: Int
    /// Connections to the cluster API and the chat platforms together.
    package let transfers: Int
    /// Whether the descriptors do not suffice even for this.
    package let isTight: Bool

    /// - Parameter descriptors: how many the process may have.
    package init(descriptors: Int) {
        `private` = Self.forPrivate
        socket = Self.forSocket
        transfers = min(Self.mostTransfers, descriptors / 4)
        // Each of the three servers may take on a few more before it waits for others to go.
        let taken = Self.ownFiles + `private` + socket + transfers + 3 * Connections.acceptedAtOnce
        `public` = max(Self.leastPublic, min(Self.mostPublic, descriptors - taken))
        isTight = descriptors - taken < Self.leastPublic
    }
}
