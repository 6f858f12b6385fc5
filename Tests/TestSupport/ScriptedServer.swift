import Foundation
import Glibc

/// A TCP server on 127.0.0.1 that plays a script of bytes for each connection and keeps what it received. It knows just
/// enough HTTP to find the end of a request; every mistake a server can make is a script.
///
/// Each connection has a thread of its own, so a script may block without harm. `stop()` it at the end of the test.
package final class ScriptedServer: Sendable {
    package indirect enum Step: Sendable {
        /// Reads one whole request: headers, and a body of the length they tell.
        case request
        /// Reads until this many bytes have come on the connection in all, and not one more.
        case bytes(Int)
        case send(String)
        /// The same for what is no text.
        case sendBytes([UInt8])
        /// Sends one byte after the other, with this pause before each.
        case drip(String, every: Duration)
        /// Reads, and sends nothing, until the client hangs up.
        case hold
        /// Ends the connection with RST.
        case reset
        /// Ends the connection, also from inside `forever`.
        case close
        /// Refuses connections from now on.
        case stopListening
        /// Repeats the steps until the client hangs up.
        case forever([Step])
        /// Plays the steps that follow from what came on the connection so far.
        case look(@Sendable (Connection) -> [Step])
    }

    package struct Request: Sendable, Equatable {
        package var method: String
        package var target: String
        /// Request line and headers as received, without the empty line.
        package var head: String
        package var body: [UInt8]

        /// The first value of a header, its name compared without regard to case.
        package func header(_ name: String) -> String? {
            for line in head.split(separator: "\r\n").dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1)
                guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { continue }
                return parts[1].trimmingCharacters(in: .whitespaces)
            }
            return nil
        }
    }

    package struct Connection: Sendable {
        /// Every byte that was read, in order.
        package var bytes: [UInt8] = []
        package var requests: [Request] = []
        package var isOpen = true
    }

    /// What has happened so far, in the order of acceptance; wait on it with a named time limit.
    package let connections = EventWaiter<[Connection]>([])
    package let port: Int
    private let sockets: ScriptedSockets

    /// The first connection plays the first script and so on; further ones play the last. After its script a connection
    /// is closed.
    package init(_ scripts: [[Step]]) throws {
        let sockets = try ScriptedSockets()
        self.sockets = sockets
        port = sockets.port
        let connections = connections
        Thread.detachNewThread {
            var count = 0
            while let socket = sockets.accept() {
                connections.update { $0.append(Connection()) }
                let script = count < scripts.count ? scripts[count] : scripts.last ?? []
                let player = ScriptPlayer(socket: socket, index: count, connections: connections, sockets: sockets)
                Thread.detachNewThread { player.run(script) }
                count += 1
            }
        }
    }

    /// Every connection plays the same script.
    package convenience init(always script: [Step]) throws {
        try self.init([script])
    }

    deinit {
        stop()
    }

    /// Closes the listener and all connections.
    package func stop() {
        sockets.stop()
    }

    /// All requests of all connections.
    package var requests: [Request] { connections.state.flatMap(\.requests) }

    /// All bytes of all connections as text.
    package var receivedText: String {
        connections.state.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n")
    }
}
