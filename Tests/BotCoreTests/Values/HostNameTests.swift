import Testing

@testable import BotCore

@Suite struct HostNameTests {
    @Test(arguments: ["localhost", "LocalHost", "::1", "[::1]", "127.0.0.1", "127.255.255.255"])
    func thisMachine(host: String) { #expect(HostName(host).isLoopback) }

    @Test(
        arguments: [
            "", "localhost.example.org", "localhost.", "127.0.0.1.example.org", "127.1", "127.0.0.256", "127.0.0.+1",
            "127.0.0.", "0x7f.0.0.1", "128.0.0.1", "10.0.0.1", "[::2]", "::ffff:127.0.0.1", "[localhost", "0.0.0.0",
        ]
    )
    func everyOther(host: String) { #expect(!HostName(host).isLoopback) }
}
