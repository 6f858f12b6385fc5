import BotServer
import Glibc
import Logging
import ServiceLifecycle

/// Limits the time of the drain. It is the last service to be shut down, so it sees whether all others ended in time.
/// If not, all services are cancelled. Then it logs that and makes the process's exit code show it, and ends the
/// process if something still hangs.
struct DrainLimit: Service {
    let readiness: Readiness
    let logger: Logger
    /// Ends the process when nothing else does.
    var endProcess: @Sendable () -> Void = { _exit(EXIT_FAILURE) }

    /// The error of a process that had to end while something was under way.
    struct CutShort: Error, CustomStringConvertible {
        var description: String {
            "ended before everything that was under way had ended: what was being sent is found as unknown at the next start"
        }
    }

    /// The longest time that cancelled services get. They end at once, or hang.
    private static let longestCancellation = Duration.seconds(5)

    func run() async throws {
        do {
            try await gracefulShutdown()
        } catch {
            let (logger, endProcess) = (logger, endProcess)
            Task.detached {
                try await Task.sleep(for: Self.longestCancellation)
                logger.critical("did not end by itself; ending the process")
                endProcess()
            }
            // If it is not draining, another service failed, and the process ends with that one's error.
            if readiness.isDraining { throw CutShort() }
        }
    }
}
