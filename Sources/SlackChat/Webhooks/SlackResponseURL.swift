import BotCore
import CurlHTTP

/// An address that a request gave us to answer to, after it was found to be one of Slack's.
///
/// It comes from outside and is a capability: it is never followed anywhere but to a configured host, and never shown.
struct SlackResponseURL: Sendable {
    /// Slack's are about a hundred characters long.
    static let longest = 1000

    let text: String
    /// Whether the configured host that it names is this machine: only then plain `http` and a loopback address are fine.
    let isLoopback: Bool

    /// Nil unless it is `https` (or `http` to a loopback host), its `host` or `host:port` is written exactly like one of
    /// the configured ones, and libcurl sees the same host in it as we do.
    init?(_ text: String, hosts: [String]) {
        guard text.utf8.count <= Self.longest, text.utf8.allSatisfy(Self.isAllowed),
            let scheme = ["https", "http"].first(where: { text.hasPrefix("\($0)://") })
        else { return nil }
        let rest = text.dropFirst(scheme.count + 3)
        guard let slash = rest.firstIndex(of: "/"), let host = hosts.first(where: { $0 == rest[..<slash] }),
            let configured = try? CurlOrigin("\(scheme)://\(host)/"), let seen = try? CurlOrigin(text),
            seen == configured
        else { return nil }
        isLoopback = configured.isLoopback
        guard scheme == "https" || isLoopback else { return nil }
        self.text = text
    }

    /// Visible ASCII without what parsers of URLs disagree about.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x21...0x7e).contains(byte) && !"\\\"<>^`{|}#@".utf8.contains(byte)
    }
}

extension CurlOrigin {
    /// Whether the host is this machine by its very name: `localhost`, `127.…`, `[::1]`.
    var isLoopback: Bool { HostName(host).isLoopback }
}
