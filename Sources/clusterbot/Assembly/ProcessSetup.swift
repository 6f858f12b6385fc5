import CProcess
import CurlHTTP
import Foundation
import Glibc
import NIOCore

/// Prepares the process before anything else runs.
enum ProcessSetup {
    /// Prepares libcurl, ignores broken pipes, switches core dumps off, which would hold the secrets, makes every new file
    /// one for its owner alone, and raises the limit of descriptors. It leaves a processor to the store's writing thread, which has as much to do as all
    /// connections together.
    static func prepare() throws {
        raiseDescriptors()
        umask(0o077)
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        NIOSingletons.groupLoopCountSuggestion = max(1, System.coreCount - 1)
        try CurlTransport.prepareProcess()
    }

    /// Keeps other programs of the same user from reading the secrets out of the memory.
    static func hideMemory() throws {
        guard clusterbot_hide_memory() else {
            throw UsageProblem("The kernel does not hide this process's memory: \(String(cString: strerror(errno))).")
        }
    }

    /// The most descriptors that are taken, if the system allows any number. Far fewer are ever used.
    private static let mostDescriptors = rlim_t(65536)

    /// Raises the soft limit of descriptors to the hard one. The usual soft limit, 1024, is a courtesy to programs that
    /// use `select`; the hard limit is what those who run the service allow.
    private static func raiseDescriptors() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let wanted = min(limit.rlim_max, mostDescriptors)
        guard wanted > limit.rlim_cur else { return }
        limit.rlim_cur = wanted
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// The number of descriptors that the process may use: its limit, less those that are open besides the standard
    /// streams. Its parent may have left some open.
    static var descriptors: Int {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        // The folder itself is open while it is listed.
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count - 1) ?? 3
        return Int(min(limit.rlim_cur, mostDescriptors)) - max(0, open - 3)
    }
}
