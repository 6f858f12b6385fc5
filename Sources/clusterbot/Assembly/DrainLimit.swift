import BotServer
import Glibc
import Logging
import ServiceLifecycle

/// The last to be shut down, so that it sees whether everything else came to its end in time. If not, all services are
/// cancelled; it says so, makes the process's exit code tell it, and ends the process if that does not help either.
struct DrainLimit: Service {
    let readiness: Readiness
    let logger: Logger
    /// Ends the process when nothing else does.
    var endProcess: @Sendable () -> Void = { _exit(EXIT_FAILURE) }

    /// What was under way when the process had to end.
    struct CutShort: Error, CustomStringConvertible {
        var description: String {
            "ended before everything that was under way had ended: what was being sent is found as unknown at the next start"
        }
    }

    /// What is cancelled ends at once, or hangs.
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
            // Else another service failed, and its error is the process's.
            if readiness.isDraining { throw CutShort() }
        }
    }
}
