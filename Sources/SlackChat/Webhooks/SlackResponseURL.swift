import BotCore
import CurlHTTP

/// The `response_url` of a request, after it was found to be one of Slack's.
///
/// It comes from outside and is a secret: only a configured host is ever called, and it is never shown.
struct SlackResponseURL: Sendable {
    /// The longest address that is taken. Slack's are about a hundred characters long.
    static let longest = 1000

    let text: String
    /// Whether its configured host is this machine. Only then plain `http` and a loopback address are allowed.
    let isLoopback: Bool

    /// Takes an address; nil unless it is `https` (or `http` to a loopback host), its `host` or `host:port` is written
    /// exactly like a configured one, and libcurl reads the same host from it.
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

    /// Returns whether a byte is visible ASCII on which all URL parsers agree.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x21...0x7e).contains(byte) && !"\\\"<>^`{|}#@".utf8.contains(byte)
    }
}

extension CurlOrigin {
    /// Whether the host names this machine: `localhost`, `127.…`, `[::1]`.
    var isLoopback: Bool { HostName(host).isLoopback }
}
