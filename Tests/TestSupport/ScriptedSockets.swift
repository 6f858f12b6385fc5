import Glibc
import NIOConcurrencyHelpers

/// The descriptors of a scripted server. A descriptor is closed by the thread that uses it; others only shut it down,
/// and only while it is known here, so that a number that was given out again is never hit.
final class ScriptedSockets: Sendable {
    struct SystemError: Error, CustomStringConvertible {
        let description: String

        init(_ call: String) {
            description = "\(call): \(String(cString: strerror(errno)))"
        }
    }

    private struct State {
        var isStopped = false
        var isListening = true
        var open: Set<Int32> = []
    }

    let port: Int
    private let listener: Int32
    private let state = NIOLockedValueBox(State())

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0 else { throw SystemError("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 512) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard result else {
            close(listener)
            throw SystemError("bind")
        }
        port = Int(in_port_t(bigEndian: address.sin_port))
    }

    deinit {
        close(listener)
    }

    /// Waits for the next connection; `nil` when the server no longer listens.
    func accept() -> Int32? {
        while true {
            let socket = Glibc.accept(listener, nil, nil)
            if socket < 0 && errno == ECONNABORTED { continue }
            guard socket >= 0 else { return nil }
            _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
            let isWanted = state.withLockedValue { state in
                if !state.isStopped { state.open.insert(socket) }
                return !state.isStopped
            }
            if isWanted { return socket }
            close(socket)
            return nil
        }
    }

    func stopListening() {
        let isFirst = state.withLockedValue { state in
            defer { state.isListening = false }
            return state.isListening
        }
        if isFirst { shutdown(listener, Int32(SHUT_RDWR)) }
    }

    func stop() {
        stopListening()
        state.withLockedValue { state in
            state.isStopped = true
            for socket in state.open { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// By the thread that uses the socket.
    func finish(_ socket: Int32, withReset: Bool) {
        if withReset {
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
        state.withLockedValue { state in
            state.open.remove(socket)
            close(socket)
        }
    }
}
