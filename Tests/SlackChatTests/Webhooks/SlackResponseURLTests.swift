import Testing

@testable import SlackChat

@Suite struct SlackResponseURLTests {
    private static let hosts = [
        "hooks.slack.com", "127.0.0.1:8090", "localhost:8090", "[::1]:8090", "proxy.example:8443",
    ]

    @Test(arguments: [
        ("https://hooks.slack.com/commands/T1/2/x", false), ("https://hooks.slack.com/a?b=c%2Fd", false),
        ("https://proxy.example:8443/x", false), ("http://127.0.0.1:8090/x", true), ("https://127.0.0.1:8090/x", true),
        ("http://localhost:8090/x", true), ("http://[::1]:8090/x", true),
    ])
    func configuredHostsAreAccepted(url: String, isLoopback: Bool) throws {
        let accepted = try #require(SlackResponseURL(url, hosts: Self.hosts))
        #expect(accepted.text == url)
        #expect(accepted.isLoopback == isLoopback)
    }

    @Test(arguments: [
        // Other hosts, however they are made to look.
        "https://evil.example/x", "https://hooks.slack.com.evil.example/x", "https://evil-hooks.slack.com/x",
        "https://xhooks.slack.com/x", "https://slack.com/x", "https://hooks.slack.co/x", "https://hooks-slack.com/x",
        "https://hooks.slack.com./x", "https://.hooks.slack.com/x", "https://hooks。slack.com/x",
        "https://hооks.slack.com/x",
        "https://xn--hks-yh0ba.slack.com/x", "https://HOOKS.slack.com/x", "https://hooks%2Eslack.com/x",
        "https://hooks.slack.com%00/x",
        // User names, and what hides a host behind one.
        "https://hooks.slack.com@evil.example/x", "https://evil.example@hooks.slack.com/x",
        "https://a:b@hooks.slack.com/x",
        "https://@hooks.slack.com/x", "https://hooks.slack.com:443@evil.example/x",
        "https://hooks.slack.com/x@evil.example",
        "https://hooks.slack.com\\@evil.example/x", "https://evil.example\\@hooks.slack.com/x",
        "https://evil.example#@hooks.slack.com/x",
        "https://hooks.slack.com#.evil.example/x", "https://hooks.slack.com?.evil.example/x",
        "https://evil.example/?https://hooks.slack.com/",
        "https://hooks.slack.com;evil.example/x",
        // Ports.
        "https://hooks.slack.com:443/x", "https://hooks.slack.com:8443/x", "https://hooks.slack.com:/x",
        "https://proxy.example/x",
        "https://proxy.example:443/x", "http://127.0.0.1/x", "http://127.0.0.1:8091/x", "http://127.0.0.1:80/x",
        "http://127.0.0.1:08090/x",
        // Schemes.
        "http://hooks.slack.com/x", "http://proxy.example:8443/x", "HTTPS://hooks.slack.com/x", "//hooks.slack.com/x",
        "hooks.slack.com/x",
        "ftp://hooks.slack.com/x", "file:///etc/passwd", "gopher://hooks.slack.com/x", "https:/hooks.slack.com/x",
        "https:///hooks.slack.com/x", "https:hooks.slack.com/x", "javascript:alert(1)", "https://", "https:///",
        "http:", "",
        // Inner addresses in all their writings.
        "http://127.1:8090/x", "http://2130706433:8090/x", "http://0x7f000001:8090/x", "http://0177.0.0.1:8090/x",
        "http://127.0.0.2:8090/x",
        "http://[::ffff:127.0.0.1]:8090/x", "http://[0:0:0:0:0:0:0:1]:8090/x", "http://0.0.0.0:8090/x",
        "http://[::]:8090/x",
        "https://169.254.169.254/latest/meta-data/", "https://10.0.0.1/x", "https://[fe80::1%25lo]/x",
        "http://localhost.:8090/x",
        "http://LOCALHOST:8090/x",
        // Bytes that do not belong there.
        " https://hooks.slack.com/x", "https://hooks.slack.com/x ", "https://hooks.slack.com/x\r\nHost: evil.example",
        "https://hooks.slack.com/\u{0}x", "https://hooks.slack.com\t/x", "https://hooks.slack.com/é",
        "https://hooks.slack.com/<x>",
        "https://hooks.slack.com", "https://hooks.slack.com?x", "https://hooks.slack.com/x#y",
    ])
    func everythingElseIsRefused(url: String) {
        #expect(SlackResponseURL(url, hosts: Self.hosts) == nil)
    }

    @Test func lengthIsBounded() {
        let start = "https://hooks.slack.com/"
        let longest = start + String(repeating: "x", count: SlackResponseURL.longest - start.count)
        #expect(SlackResponseURL(longest, hosts: Self.hosts) != nil)
        #expect(SlackResponseURL(longest + "x", hosts: Self.hosts) == nil)
    }

    @Test func aHostThatOnlyLooksLikeLoopbackIsNone() {
        for host in ["127.0.0.1.evil.example", "localhost.evil.example", "127.evil.example", "127.0.0.evil"] {
            #expect(SlackResponseURL("http://\(host)/x", hosts: [host]) == nil)
            #expect(SlackResponseURL("https://\(host)/x", hosts: [host])?.isLoopback == false)
        }
    }

    @Test func withoutConfiguredHostsNothingIsAccepted() {
        #expect(SlackResponseURL("https://hooks.slack.com/x", hosts: []) == nil)
        #expect(SlackResponseURL("https:///x", hosts: [""]) == nil)
    }
}
