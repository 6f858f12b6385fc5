import Logging
import ServiceLifecycle
import UnixSignals

/// Takes SIGHUP, which would end the process otherwise, and says what to do instead.
struct HangupNotice: Service {
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in await UnixSignalsSequence(trapping: .sighup) {
                logger.warning("reading the configuration anew is not supported yet: restart the service")
            }
        }
    }
}
