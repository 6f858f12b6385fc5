import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import BotServer

/// Who gives way at the bound of connections.
@Suite struct ConnectionsTests {
    private let lines = LogLines()
    private let clock = StandingClock()
    private let connections: Connections

    init() { connections = Connections(name: "public", maximum: 3, clock: clock, logger: lines.logger) }

    private struct Peer {
        let channel: EmbeddedChannel
        let entry: Connections.Entry

        var isOpen: Bool { channel.isActive }
    }

    /// As the server does it: counts, then sets the connection up.
    private func connect() throws -> Peer {
        connections.connectionOpened()
        let channel = EmbeddedChannel()
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        channel.closeFuture.whenComplete { [connections] _ in connections.connectionClosed() }
        return Peer(channel: channel, entry: connections.enter(channel))
    }

    private func answer(_ peer: Peer) {
        peer.entry.isAnswering()
        peer.entry.isWaiting()
    }

    @Test func whoWasWithoutAWholeRequestForLongestGivesWay() throws {
        let peers = [try connect(), try connect(), try connect()]
        answer(peers[0])
        #expect(connections.isAcceptingNewConnections())
        let new = try connect()
        #expect(peers.map(\.isOpen) == [true, false, true] && new.isOpen)
        let newer = try connect()
        #expect(peers.map(\.isOpen) == [true, false, false] && new.isOpen && newer.isOpen)
        #expect(lines.all.count == 1)
        clock.advance(.seconds(10))
        _ = try connect()
        #expect(!peers[0].isOpen)
        #expect(lines.all.map(\.facts["suppressed"]) == [nil, "1"])
        #expect(lines.all.allSatisfy { $0.facts["bound"] == "3" && $0.facts["server"] == "public" })
    }

    @Test func whoIsBeingAnsweredStaysAndNobodyElseIsTakenOn() throws {
        let peers = [try connect(), try connect(), try connect(), try connect()]
        #expect(!peers[0].isOpen)
        peers[0].channel.embeddedEventLoop.run()
        for peer in peers.dropFirst() { peer.entry.isAnswering() }
        let new = try connect()
        new.entry.isAnswering()
        #expect(peers.dropFirst().allSatisfy(\.isOpen) && new.isOpen)
        #expect(!connections.isAcceptingNewConnections())
        // The first whose answer is given makes room.
        peers[2].entry.isWaiting()
        for peer in peers { peer.channel.embeddedEventLoop.run() }
        #expect(!peers[2].isOpen && peers[1].isOpen && peers[3].isOpen && new.isOpen)
        #expect(connections.isAcceptingNewConnections())
    }

    @Test func whoLeavesMakesRoom() throws {
        let peers = [try connect(), try connect(), try connect()]
        try peers[2].channel.close().wait()
        peers[2].channel.embeddedEventLoop.run()
        _ = try connect()
        #expect(peers[0].isOpen && peers[1].isOpen)
        #expect(lines.all.isEmpty)
    }
}
