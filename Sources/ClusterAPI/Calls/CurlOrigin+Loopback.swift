import BotCore
import CurlHTTP

extension CurlOrigin {
    /// Whether the host is this machine by its very name; see ``HostName/isLoopback``. libcurl has parsed the URL, so the host
    /// is the one to which it connects.
    var isLoopback: Bool { HostName(host).isLoopback }
}
