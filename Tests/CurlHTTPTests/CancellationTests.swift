import TestSupport
import Testing

@testable import CurlHTTP

/// Cancelling ends a call at once, and says what can have left.
struct CancellationTests {
    @Test("A task that is cancelled before the call sends nothing")
    func before() async throws {
        try await withExchange([[.request, .send(okReply)]]) { server, transport in
            let request = server.put("/act")
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await failure(of: request, on: transport)
            }
            expect(try await task.value, .cancelled, .notSent)
            // What comes later arrives, so nothing that came earlier is still on its way.
            _ = try await transport.execute(server.request("/later"))
            #expect(server.requests.map(\.target) == ["/later"])
        }
    }

    @Test("Cancelling while the connection is made means nothing was sent")
    func whileConnecting() async throws {
        try await withExchange([[.hold]]) { server, transport in
            var request = server.put("/act")
            request.url = "https://127.0.0.1:\(server.port)/act"
            let task = Task { [request] in try await failure(of: request, on: transport) }
            try await server.connections.wait(for: "the greeting of TLS") { $0.first?.bytes.isEmpty == false }
            task.cancel()
            expect(try await task.value, .cancelled, .notSent)
            try await server.connections.wait(for: "the connection's end") { !$0[0].isOpen }
            #expect(!server.receivedText.contains("/act"))
        }
    }

    @Test("Cancelling after the request left is unknown, and closes the connection")
    func afterSending() async throws {
        try await withExchange([[.request, .hold]]) { server, transport in
            let task = Task { try await failure(of: server.put("/act"), on: transport) }
            try await server.connections.wait(for: "the request") { $0.first?.requests.count == 1 }
            task.cancel()
            expect(try await task.value, .cancelled, .unknown)
            try await server.connections.wait(for: "the connection's end") { !$0[0].isOpen }
            #expect(server.requests.map(\.target) == ["/act"])
        }
    }

    @Test("Cancelling after the reply changes nothing")
    func afterReply() async throws {
        try await withExchange([[.request, .send(okReply)]]) { server, transport in
            let request = server.put("/act")
            let status = EventWaiter<Int?>(nil)
            let task = Task {
                let reply = try await transport.execute(request).status
                status.update { $0 = reply }
            }
            try await status.wait(for: "the reply") { $0 != nil }
            task.cancel()
            try await task.value
            #expect(status.state == 200)
            #expect(try await transport.execute(request).status == 200)
            #expect(server.count("/act") == 2)
        }
    }

    @Test("The one who comes second, and only that one, must tell of the cancellation")
    func ticket() {
        let cancelledFirst = CancellationTicket()
        #expect(!cancelledFirst.markCancelled())
        #expect(cancelledFirst.isCancelled)
        #expect(cancelledFirst.markEnqueued())
        let enqueuedFirst = CancellationTicket()
        #expect(!enqueuedFirst.markEnqueued())
        #expect(!enqueuedFirst.isCancelled)
        #expect(enqueuedFirst.markCancelled())
    }
}
