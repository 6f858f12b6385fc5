import Foundation
import TestSupport
import Testing

@testable import CurlHTTP

/// Requests through a proxy. The proxy is a scripted server, so it shows what it was asked, byte for byte.
@Suite(.timeLimit(.minutes(20)))
struct EgressTests {
    @Test(arguments: [
        ("10.0.0.0/8", ["10.1.2.3"], ["11.1.2.3", "10.example", "[a00::1]"]),
        ("192.168.7.1", ["192.168.7.1"], ["192.168.7.2"]),
        ("fd00::/8", ["[fd12::1]"], ["[2001:db8::1]", "253.0.0.1"]),
        (
            ".corp.example", ["api.corp.example", "CORP.example", "corp.example."],
            ["notcorp.example", "corp.example.org"]
        ),
        ("corp.example", ["api.corp.example", "corp.example"], ["example"]),
    ])
    func exceptionsCoverWhatTheyName(text: String, covered: [String], others: [String]) throws {
        let exception = try #require(ProxyException(text))
        for host in covered { #expect(exception.covers(host), "\(host)") }
        for host in others { #expect(!exception.covers(host), "\(host)") }
    }

    @Test(arguments: [
        "", "*", "*.corp", "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8", "http://corp", "corp:80", "a b", "a..b", "1.2.3",
    ])
    func whatIsNoHostIsNoException(text: String) { #expect(ProxyException(text) == nil) }

    @Test func thisMachineIsNeverReachedThroughTheProxy() {
        let egress = Egress(proxy: "http://proxy:1", noProxy: [])
        for host in ["localhost", "127.0.0.1", "127.9.9.9", "[::1]", "LOCALHOST"] {
            #expect(egress.proxy(for: host) == nil, "\(host)")
        }
        #expect(egress.proxy(for: "api.example") == "http://proxy:1")
    }

    /// The proxy is asked for a tunnel and hears nothing else: no path, no key, no header of the request.
    @Test(arguments: ["https", "http"]) func theProxySeesAHostAndNoRequest(scheme: String) async throws {
        let error = try await asked(
            scheme + "://api.example:8443/secret?apikey=canary",
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
        ) { proxy in
            #expect(proxy.requests.map(\.method) == ["CONNECT"])
            #expect(proxy.requests.first?.target == "api.example:8443")
            #expect(proxy.requests.first?.head.contains("canary") == false)
        }
        expect(error, .proxy, .notSent)
    }

    /// A URL from outside must not reach inside by way of the proxy, either; the proxy itself may stand inside.
    @Test(arguments: ["https://10.0.0.1/", "https://169.254.169.254/", "https://[fd00::1]/"])
    func anInnerAddressIsRefusedAlsoThroughTheProxy(url: String) async throws {
        let error = try await asked(url, allowsPrivateAddress: false, "HTTP/1.1 200 OK\r\n\r\n") { proxy in
            #expect(proxy.requests.isEmpty)
        }
        expect(error, .addressRefused, .notSent)
    }

    @Test func aPublicNameMayGoThroughAProxyThatStandsInside() async throws {
        let error = try await asked(
            "https://api.example/",
            allowsPrivateAddress: false,
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"
        ) { proxy in #expect(proxy.requests.first?.target == "api.example:443") }
        expect(error, .proxy, .notSent)
    }

    private func asked(
        _ url: String,
        allowsPrivateAddress: Bool = true,
        _ answer: String,
        _ look: (ScriptedServer) -> Void
    ) async throws -> TransportError {
        let proxy = try ScriptedServer(always: [.request, .send(answer), .close])
        defer { proxy.stop() }
        let transport = try CurlTransport(egress: Egress(proxy: "http://127.0.0.1:\(proxy.port)"))
        let request = CurlRequest(
            method: .put,
            url: url,
            headers: [(name: "Authorization", value: "Bearer canary")],
            body: Array("canary".utf8),
            sending: .single,
            connectTimeout: .patience,
            totalTimeout: .patience,
            allowsPlainHTTP: true,
            allowsPrivateAddress: allowsPrivateAddress
        )
        let error = try await failure(of: request, on: transport)
        await transport.shutdown()
        look(proxy)
        return error
    }
}
