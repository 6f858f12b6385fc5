import Foundation
import Glibc
import TestSupport
import Testing

@testable import CurlHTTP

/// The process around libcurl: what it must have, and what in its environment must not count.
struct ProcessTests {
    @Test("The library that is installed will do, and is named")
    func installedLibrary() throws {
        try CurlTransport.prepareProcess()
        #expect(CurlTransport.versionDescription.hasPrefix("libcurl/"))
    }

    @Test("An old library, or one that lacks something, is refused with the reason")
    func unfitLibrary() throws {
        let library = try #require(CurlLibrary())
        #expect(library.problem == nil)
        var old = library
        old.version = 0x075700
        #expect(old.problem?.description.contains("older than 7.88.0") == true)
        #expect(CurlLibrary.neededFeatures.count == 3)
        for (flag, name) in CurlLibrary.neededFeatures {
            var lacking = library
            lacking.features &= ~flag
            #expect(lacking.problem?.description.contains(name) == true)
        }
        var without = library
        without.protocols.remove("https")
        #expect(without.problem?.description.contains("without https") == true)
    }

    @Test("With SSLKEYLOGFILE in the environment it refuses to start")
    func keyLog() async {
        await #expect(processExitsWith: .success) {
            setenv("SSLKEYLOGFILE", "/tmp/keys", 1)
            let error = #expect(throws: CurlSetupError.self) { try CurlTransport() }
            #expect(error?.description.contains("SSLKEYLOGFILE") == true)
            setenv("SSLKEYLOGFILE", "", 1)
            await #expect(throws: Never.self) { try await CurlTransport().shutdown() }
        }
    }

    @Test("SIGPIPE does not end a process that was prepared")
    func brokenPipe() async {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_DFL)
            try CurlTransport.prepareProcess()
            raise(SIGPIPE)
        }
    }

    @Test("Proxies named in the environment are not used")
    func proxyVariables() async {
        await #expect(processExitsWith: .success) {
            let proxy = try ScriptedServer(always: [.request, .send(okReply)])
            for name in ["http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"] {
                setenv(name, "http://127.0.0.1:\(proxy.port)", 1)
            }
            try await withExchange([[.request, .send(okReply)]]) { server, transport in
                _ = try await transport.execute(server.put("/act"))
                #expect(server.requests.map(\.target) == ["/act"])
            }
            #expect(proxy.connections.state.isEmpty)
        }
    }
}
