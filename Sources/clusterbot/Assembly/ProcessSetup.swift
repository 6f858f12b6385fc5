import CurlHTTP
import Glibc
import NIOCore

/// What the process needs before anything else runs.
enum ProcessSetup {
    /// Prepares libcurl, ignores broken pipes, and switches core dumps off: they would hold the secrets. Leaves a processor
    /// to the store's writing thread, which has as much to do as all connections together.
    static func prepare() throws {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        NIOSingletons.groupLoopCountSuggestion = max(1, System.coreCount - 1)
        try CurlTransport.prepareProcess()
    }
}
