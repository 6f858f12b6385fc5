import CoreMetrics
import CurlHTTP
import Hummingbird
import TestSupport
import Testing

@testable import BotServer

@Suite(.timeLimit(.minutes(3)))
struct OperationsRoutesTests {
    /// Runs the routes with a store that says what is wrong with it.
    private func withRoutes(
        _ readiness: Readiness,
        _ body: (LoopbackServer) async throws -> Void
    ) async throws {
        let registry = PrometheusRegistry()
        let operations = OperationsRoutes(readiness: readiness, metrics: registry) {
            registry.makeMeter(label: "fresh", dimensions: []).set(1.0)
        }
        try await LoopbackServer.run(routes: operations.add, body)
    }

    @Test func healthReadinessAndMetrics() async throws {
        let problem = EventWaiter<String?>(nil)
        let readiness = Readiness(parts: [.workers, .socket]) { problem.state }
        try await withRoutes(readiness) { server in
            #expect(try await server.send(.get, "/healthz").status == 200)
            let starting = try await server.send(.get, "/readyz")
            #expect(starting.status == 503 && starting.body == Array("starting\n".utf8))
            readiness.isUp(.workers)
            #expect(try await server.send(.get, "/readyz").body == Array("starting\n".utf8))
            readiness.isUp(.socket)
            #expect(try await server.send(.get, "/readyz").status == 200)
            problem.update { $0 = "the disk is full" }
            let full = try await server.send(.get, "/readyz")
            #expect(full.status == 503 && full.body == Array("the disk is full\n".utf8))
            readiness.drain()
            let draining = try await server.send(.get, "/readyz")
            #expect(draining.status == 503 && draining.body.starts(with: "draining".utf8))
            // A process that drains lives.
            #expect(try await server.send(.get, "/healthz").status == 200)
            let metrics = try await server.send(.get, "/metrics")
            #expect(metrics.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
            #expect(metrics.body == Array("# TYPE fresh gauge\nfresh 1.0\n".utf8))
        }
    }

    @Test func pagesAreForLookingAt() async throws {
        try await withRoutes(Readiness(parts: []) { nil }) { server in
            for path in ["/healthz", "/readyz", "/metrics", "/history", "/history/42", "//metrics?x"] {
                let response = try await server.send(.post, path, body: "")
                #expect(response.status == 405 && response.header("allow") == "GET, HEAD", "\(path)")
            }
            for path in ["/metricses", "/"] {
                #expect(try await server.send(.post, path, body: "").status == 404, "\(path)")
            }
        }
    }
}
