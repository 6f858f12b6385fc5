import BotConfiguration
import BotCore
import BotEngine
import ClusterAPI
import Logging
import ServiceLifecycle

/// Warns for 30 days before the credentials of a project stop working: at every start and each day, in the history
/// channel and in the log. At the start the log's line is a warning of the configuration.
struct CredentialWatch: Service {
    let live: LiveParts
    let notice: HistoryChannelNotice
    let clock: any BotClock
    let logger: Logger

    private static let lookEvery = Duration.seconds(86_400)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            await tell(inLog: false)
            while true {
                try await clock.sleep(Self.lookEvery)
                await tell(inLog: true)
            }
        }
    }

    private func tell(inLog: Bool) async {
        for (name, project) in live.configuration.clusterAPI.projects.sorted(by: { $0.key < $1.key }) {
            guard let end = CredentialEnd(of: project, named: name, now: clock.now) else { continue }
            if inLog { logger.warning("\(end.sentence)", metadata: ["project": "\(name)"]) }
            await notice.post("🔑 \(end.sentence)")
        }
    }
}
