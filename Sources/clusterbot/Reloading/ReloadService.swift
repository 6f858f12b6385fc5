import ServiceLifecycle
import UnixSignals

/// Takes SIGHUP, which would end the process otherwise, and reads the configuration anew: once for each signal, one
/// after the other.
struct ReloadService: Service {
    let reload: ConfigurationReload

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in await UnixSignalsSequence(trapping: .sighup) { await reload.run() }
        }
    }
}
