import CurlHTTP
import Foundation
import Glibc
import NIOCore

/// What the process needs before anything else runs.
enum ProcessSetup {
    /// Prepares libcurl, ignores broken pipes, and switches core dumps off: they would hold the secrets. Takes as many
    /// descriptors as it may. Leaves a processor to the store's writing thread, which has as much to do as all connections
    /// together.
    static func prepare() throws {
        raiseDescriptors()
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        NIOSingletons.groupLoopCountSuggestion = max(1, System.coreCount - 1)
        try CurlTransport.prepareProcess()
    }
    /// Where the system would allow any number: far more than are ever used.
    private static let mostDescriptors = rlim_t(65536)

    /// What shells and service managers set by default, 1024, is a courtesy to programs that use `select`; the hard limit is
    /// what those who run the service allow.
    private static func raiseDescriptors() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let wanted = min(limit.rlim_max, mostDescriptors)
        guard wanted > limit.rlim_cur else { return }
        limit.rlim_cur = wanted
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// How many descriptors the process may still open, with the standard streams: whoever started it may have left others
    /// open for it.
    static var descriptors: Int {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        // The folder itself is open while it is looked through.
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count - 1) ?? 3
        return Int(min(limit.rlim_cur, mostDescriptors)) - max(0, open - 3)
    }
}
