import Foundation
import Glibc

/// Plays a script on one connection, on the thread that calls `run`.
final class ScriptPlayer: Sendable {
    private enum End: Error {
        case hungUp
        case reset
        case closed
    }

    private let socket: Int32
    private let index: Int
    private let connections: EventWaiter<[ScriptedServer.Connection]>
    private let sockets: ScriptedSockets

    init(
        socket: Int32,
        index: Int,
        connections: EventWaiter<[ScriptedServer.Connection]>,
        sockets: ScriptedSockets
    ) {
        self.socket = socket
        self.index = index
        self.connections = connections
        self.sockets = sockets
    }

    func run(_ script: [ScriptedServer.Step]) {
        var unread: [UInt8] = []
        var isReset = false
        do {
            try play(script, &unread)
        } catch End.reset {
            isReset = true
        } catch {
            // The client hung up, the script closed the connection, or the server was stopped.
        }
        sockets.finish(socket, withReset: isReset)
        connections.update { $0[index].isOpen = false }
    }

    private func play(_ script: [ScriptedServer.Step], _ unread: inout [UInt8]) throws {
        for step in script {
            switch step {
            case .request: try readRequest(&unread)
            case .bytes(let count):
                var received = connections.state[index].bytes.count
                while received < count { received += try read(&unread, atMost: count - received) }
            case .send(let text): try send(Array(text.utf8))
            case .sendBytes(let bytes): try send(bytes)
            case .drip(let text, let pause):
                let (seconds, attoseconds) = pause.components
                for byte in text.utf8 {
                    usleep(UInt32(seconds) * 1_000_000 + UInt32(attoseconds / 1_000_000_000_000))
                    try send([byte])
                }
            case .hold: while true { _ = try read(&unread, atMost: 65_536) }
            case .reset: throw End.reset
            case .close: throw End.closed
            case .stopListening: sockets.stopListening()
            case .forever(let steps): while true { try play(steps, &unread) }
            case .look(let choose): try play(choose(connections.state[index]), &unread)
            }
        }
    }

    private func readRequest(_ unread: inout [UInt8]) throws {
        let end = Array("\r\n\r\n".utf8)
        var searched = 0
        var headLength: Int?
        while headLength == nil {
            for start in searched..<max(searched, unread.count - 3) where unread[start..<start + 4].elementsEqual(end) {
                headLength = start
                break
            }
            searched = max(0, unread.count - 3)
            if headLength == nil { _ = try read(&unread, atMost: 65_536) }
        }
        guard let headLength else { throw End.hungUp }
        let head = String(decoding: unread[..<headLength], as: UTF8.self)
        let line = head.prefix { $0 != "\r\n" }.split(separator: " ")
        var request = ScriptedServer.Request(
            method: String(line.first ?? ""),
            target: line.count > 1 ? String(line[1]) : "",
            head: head,
            body: []
        )
        let bodyLength = request.header("Content-Length").flatMap(Int.init) ?? 0
        while unread.count < headLength + 4 + bodyLength { _ = try read(&unread, atMost: 65_536) }
        request.body = Array(unread[(headLength + 4)..<(headLength + 4 + bodyLength)])
        unread.removeFirst(headLength + 4 + bodyLength)
        let whole = request
        connections.update { $0[index].requests.append(whole) }
    }

    private func read(_ unread: inout [UInt8], atMost limit: Int) throws -> Int {
        var room = [UInt8](repeating: 0, count: limit)
        let count = recv(socket, &room, limit, 0)
        guard count > 0 else { throw End.hungUp }
        let piece = room.prefix(count)
        unread += piece
        connections.update { $0[index].bytes += piece }
        return count
    }

    private func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw End.hungUp }
            rest = rest.dropFirst(count)
        }
    }
}
