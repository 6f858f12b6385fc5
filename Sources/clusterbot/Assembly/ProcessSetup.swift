import CurlHTTP
import Glibc

/// What the process needs before anything else runs.
enum ProcessSetup {
    /// Prepares libcurl, ignores broken pipes, and switches core dumps off: they would hold the secrets.
    static func prepare() throws {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        try CurlTransport.prepareProcess()
    }
}
