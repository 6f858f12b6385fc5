import CurlHTTP
import Hummingbird
import Logging
import TestSupport
import Testing

@testable import BotServer

/// Webhooks and routes of a server over a real connection.
@Suite(.timeLimit(.minutes(3)))
struct BoundedServerTests {
    private struct Secret: Error {}

    private func webhook(_ headers: HTTPFields) -> Webhook {
        Webhook { request in
            let body = ResponseBody(byteBuffer: ByteBuffer(bytes: request.body.reversed()))
            return Response(status: .ok, headers: headers, body: body)
        }
    }

    @Test func webhooksAndRoutesAreAnsweredBesideEachOther() async throws {
        let routes: (Router<BasicRequestContext>) -> Void = { $0.get("/page") { _, _ in "a page" } }
        try await LoopbackServer.run(["/hook": webhook([:])], routes: routes) { server in
            let hook = try await server.send(.post, "/hook", body: "abc")
            #expect(hook.status == 200 && hook.body == Array("cba".utf8))
            let page = try await server.send(.get, "/page")
            #expect(page.status == 200 && page.body == Array("a page".utf8))
            #expect(try await server.send(.get, "/nowhere").status == 404)
            #expect(try await server.send(.post, "/hook", body: String(repeating: "a", count: 65537)).status == 413)
        }
    }

    @Test func aWebhookCannotSplitItsResponse() async throws {
        try await LoopbackServer.run(["/bad": webhook([.location: "b\r\nx-c: d"])]) { server in
            let response = try? await server.send(.post, "/bad", body: "")
            #expect(response?.header("x-c") == nil)
        }
    }

    @Test func aRouteCannotSplitItsResponse() async throws {
        let routes: (Router<BasicRequestContext>) -> Void = { router in
            router.get("/bad") { _, _ in Response(status: .ok, headers: [.contentType: "b\r\nx-c: d"]) }
        }
        try await LoopbackServer.run(routes: routes) { server in
            let response = try? await server.send(.get, "/bad")
            #expect(response?.header("x-c") == nil)
        }
    }

    @Test func errorsSayEnoughAndNotTooMuch() async throws {
        let lines = LogLines()
        let routes: (Router<BasicRequestContext>) -> Void = { router in
            router.get("/own") { _, _ -> String in throw HTTPError(.conflict, message: "taken") }
            router.get("/other") { _, _ -> String in throw Secret() }
        }
        try await LoopbackServer.run(logger: lines.logger(.debug), routes: routes) { server in
            #expect(try await server.send(.get, "/own").status == 409)
            let response = try await server.send(.get, "/other?key=HIDDEN")
            #expect(response.status == 500 && response.body.isEmpty)
        }
        let errors = lines.all.filter { $0.message == "request failed" }
        #expect(errors.map(\.facts["path"]) == ["/other"])
        #expect(lines.all.contains { $0.message == "request" && $0.facts["status"] == "500" })
        #expect(!lines.all.contains { "\($0)".contains("HIDDEN") })
    }
}
