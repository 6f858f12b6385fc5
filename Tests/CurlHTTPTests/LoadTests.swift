import TestSupport
import Testing

@testable import CurlHTTP

/// Many calls at once: each ends exactly once, and what its end says about delivery is true.
@Suite(.timeLimit(.minutes(20)))
struct LoadTests {
    @Test("500 calls at once, half of them cancelled at random, all end truthfully")
    func randomCancellation() async throws {
        try await withExchange([[.forever([.request, .send(okReply)])]], connectionsPerHost: 16) { server, transport in
            let ends = await withTaskGroup(of: (Int, Result<CurlResponse, TransportError>).self) { group in
                for number in 0..<500 {
                    group.addTask {
                        let request = server.put("/call-\(number).", number.isMultiple(of: 3) ? .repeatable : .single)
                        let call = Task {
                            do throws(TransportError) {
                                return Result<CurlResponse, TransportError>.success(
                                    try await transport.execute(request)
                                )
                            } catch {
                                return .failure(error)
                            }
                        }
                        if number.isMultiple(of: 2) {
                            // The moment is the random part of the test; nothing is waited for.
                            try? await Task.sleep(for: .microseconds(Int.random(in: 0..<50_000)))
                            call.cancel()
                        }
                        return (number, await call.value)
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(ends.map(\.0)) == Set(0..<500))
            #expect(transport.callsInFlight == 0)
            await transport.shutdown()
            try await server.connections.wait(for: "the end of all connections") { !$0.contains(where: \.isOpen) }
            let received = server.receivedText
            for (number, end) in ends {
                let count = received.occurrences(of: "/call-\(number).")
                switch end {
                case .success(let response):
                    #expect(response.status == 200)
                    #expect(count == 1)
                case .failure(let error):
                    #expect(error.code == .cancelled, "\(error.debugDescription)")
                    #expect(number.isMultiple(of: 2))
                    #expect(error.delivery == .notSent ? count == 0 : count <= 1)
                }
            }
        }
    }

    @Test("Shutdown ends 50 calls in flight and 20 queued ones, closes their connections and stays shut")
    func shutdownWithCallsInFlight() async throws {
        try await withExchange([[.request, .hold]], connectionsPerHost: 50) { server, transport in
            let request = server.put("/act")
            let errors = try await withThrowingTaskGroup(of: TransportError.self) { group in
                for _ in 0..<70 {
                    group.addTask { try await failure(of: request, on: transport) }
                }
                try await server.connections.wait(for: "50 requests") {
                    $0.filter { $0.requests.count == 1 }.count == 50
                }
                // All 70 must have been handed over, or the last would come to a closed door.
                while transport.callsInFlight < 70 { await Task.yield() }
                await transport.shutdown()
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(errors.count == 70)
            #expect(errors.allSatisfy { $0.code == .shutDown })
            #expect(errors.filter { $0.delivery == .unknown }.count == 50)
            #expect(errors.filter { $0.delivery == .notSent }.count == 20)
            #expect(transport.callsInFlight == 0)
            try await server.connections.wait(for: "the end of all connections") { !$0.contains(where: \.isOpen) }
            #expect(server.count("/act") == 50)
            expect(try await failure(of: request, on: transport), .shutDown, .notSent)
            await transport.shutdown()
        }
    }

    @Test("A transport that is dropped without shutdown still ends its thread and connections")
    func droppedTransport() async throws {
        let server = try ScriptedServer(always: [.forever([.request, .send(okReply)])])
        defer { server.stop() }
        var transport: CurlTransport? = try CurlTransport()
        #expect(try await transport?.execute(server.request("/", .repeatable)).status == 200)
        #expect(server.connections.state.map(\.isOpen) == [true])
        transport = nil
        try await server.connections.wait(for: "the connection's end") { !$0[0].isOpen }
    }
}

extension String {
    /// How often the text occurs.
    fileprivate func occurrences(of text: String) -> Int {
        ranges(of: text).count
    }
}
