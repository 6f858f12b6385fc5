import BotCore
import HummingbirdCore
import Logging
import Metrics
import NIOConcurrencyHelpers
import NIOCore

/// The open connections of one server, and their bound.
///
/// At the bound the connection that has been without a whole request for longest gives way to the new one: a peer that sends
/// whole requests is preferred to any number that do not. Nothing is taken on before those that give way are closed, so that
/// descriptors cannot run out.
final class Connections: Sendable, AvailableConnectionsDelegate {
    /// NIO takes on so many at one reading before it asks whether more are welcome.
    static let acceptedAtOnce = 4

    fileprivate struct Waiting {
        let channel: any NIOCore.Channel
        /// Counts up: smaller began to wait earlier. Nil while a whole request of its is being answered.
        var since: Int?
    }

    fileprivate struct State {
        /// Taken on and not closed yet.
        var open = 0
        /// The number of them that are about to be closed to make room.
        var leaving = 0
        var waits = 0
        var connections: [ObjectIdentifier: Waiting] = [:]
    }

    private let name: String
    private let maximum: Int
    private let state = NIOLockedValueBox(State())
    private let log: SparseLog
    private let gauge = Metric.connections.meter()
    private let refused = Metric.connectionsRefused.counter()

    /// The least time between two lines that say that the bound is met.
    private static let pauseBetweenLines = Duration.seconds(10)

    /// - Parameters:
    ///   - name: which server it is, for the log.
    ///   - maximum: how many connections it may have.
    init(name: String, maximum: Int, clock: any BotClock, logger: Logger) {
        self.name = name
        self.maximum = maximum
        log = SparseLog(logger: logger, clock: clock, pause: Self.pauseBetweenLines)
    }

    /// A connection that was taken on. It has waited from now on.
    func enter(_ channel: any NIOCore.Channel) -> Entry {
        let id = ObjectIdentifier(channel)
        state.withLockedValue { state in
            state.connections[id] = Waiting(channel: channel, since: state.nextWait())
        }
        channel.closeFuture.whenComplete { [state] _ in
            state.withLockedValue { state in
                if state.connections.removeValue(forKey: id) == nil { state.leaving -= 1 }
            }
        }
        return Entry(connections: self, id: id)
    }

    /// A connection's handle, by which it tells of itself.
    struct Entry: Sendable {
        fileprivate let connections: Connections
        fileprivate let id: ObjectIdentifier

        /// A whole request came in.
        func isAnswering() { connections.state.withLockedValue { $0.connections[id]?.since = nil } }

        /// It is answered.
        func isWaiting() {
            connections.state.withLockedValue { state in
                let wait = state.nextWait()
                state.connections[id]?.since = wait
            }
            connections.makeRoom()
        }
    }

    private func makeRoom() {
        let leaving = state.withLockedValue { state -> [any NIOCore.Channel] in
            var channels: [any NIOCore.Channel] = []
            while state.open - state.leaving > maximum, let longest = state.longestWaiting {
                channels.append(longest)
                state.connections[ObjectIdentifier(longest)] = nil
                state.leaving += 1
            }
            return channels
        }
        for channel in leaving {
            refused.increment()
            log.warning(
                "the bound of connections is met: the one that was without a whole request for longest gave way",
                reason: name,
                ["server": "\(name)", "bound": "\(maximum)"]
            )
            channel.close(promise: nil)
        }
    }

    // MARK: Asked by Hummingbird where connections are taken on

    func connectionOpened() {
        gauge.increment()
        state.withLockedValue { $0.open += 1 }
        makeRoom()
    }

    func connectionClosed() {
        gauge.decrement()
        state.withLockedValue { $0.open -= 1 }
    }

    func isAcceptingNewConnections() -> Bool { state.withLockedValue { $0.open <= maximum } }
}

extension Connections.State {
    fileprivate mutating func nextWait() -> Int {
        waits += 1
        return waits
    }

    fileprivate var longestWaiting: (any NIOCore.Channel)? {
        connections.values.lazy.filter { $0.since != nil }.min { $0.since ?? 0 < $1.since ?? 0 }?.channel
    }
}
