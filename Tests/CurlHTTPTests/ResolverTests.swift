import Foundation
import TestSupport
import Testing

@testable import CurlHTTP

/// A look-up of a name that hangs must not hold up anybody. The name service that hangs is a small library loaded
/// before the C library, which takes a process of its own: this test program once more, told to run one test.
struct ResolverTests {
    /// Where the child leaves word that it ran, so that a filter that matches nothing is no success.
    static let resultVariable = "CLUSTERBOT_TEST_SLOW_RESOLVER"

    @Test("A hanging look-up holds up neither its own end nor other calls", .timeLimit(.minutes(20)))
    func hangingLookUp() async throws {
        let folder = try TemporaryFolder()
        let source = try folder.write(Self.slowResolver, to: "resolver.c")
        let library = folder.file("resolver.so")
        try await run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"])
        let result = folder.file("result")
        try await run(
            [try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")]
                + ["--testing-library", "swift-testing", "--filter", "CurlHTTPTests.ResolverChild"],
            environment: ["LD_PRELOAD": library, Self.resultVariable: result]
        )
        #expect(try String(contentsOfFile: result, encoding: .utf8) == "done")
    }

    /// Names below `slow.invalid` take twenty seconds.
    private static let slowResolver = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <netdb.h>
        #include <string.h>
        #include <unistd.h>
        typedef int (*look_up)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
        int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
            if (node && strstr(node, "slow.invalid")) {
                sleep(20);
                return EAI_NONAME;
            }
            return ((look_up)dlsym(RTLD_NEXT, "getaddrinfo"))(node, service, hints, result);
        }
        """
}

/// Runs only in the process that `ResolverTests` starts.
@Suite(.enabled(if: ProcessInfo.processInfo.environment[ResolverTests.resultVariable] != nil))
struct ResolverChild {
    @Test func endsAtOnce() async throws {
        try await withExchange([[.forever([.request, .send(okReply)])]]) { server, transport in
            var request = server.put("/act")
            request.url = "http://a.slow.invalid:\(server.port)/act"
            request.connectTimeout = .milliseconds(300)
            let elapsed = try await ContinuousClock().measure {
                expect(try await failure(of: request, on: transport), .timeout, .notSent)
            }
            #expect(elapsed < .seconds(10))

            request.url = "http://b.slow.invalid:\(server.port)/act"
            request.connectTimeout = .patience
            let call = Task { [request] in try await failure(of: request, on: transport) }
            while transport.callsInFlight == 0 { await Task.yield() }
            let cancelled = try await ContinuousClock().measure {
                // Taken up after the hanging one, by the same thread.
                #expect(try await transport.execute(server.request("/other")).status == 200)
                call.cancel()
                expect(try await call.value, .cancelled, .notSent)
                #expect(try await transport.execute(server.request("/other")).status == 200)
            }
            #expect(cancelled < .seconds(10))
            #expect(server.count("/act") == 0)
        }
        let path = try #require(ProcessInfo.processInfo.environment[ResolverTests.resultVariable])
        try Data("done".utf8).write(to: URL(fileURLWithPath: path))
    }
}
