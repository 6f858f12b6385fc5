import BotCore
import ClusterAPI
import Logging
import ServiceLifecycle

/// Warns each day before the credentials of a project stop working, from 30 days before. What there is to say at the start
/// are warnings of the configuration.
struct CredentialWatch: Service {
    let projects: [String: ClusterAPISettings.Project]
    let clock: any BotClock
    let logger: Logger

    private static let lookEvery = Duration.seconds(86_400)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await clock.sleep(Self.lookEvery)
                warn()
            }
        }
    }

    private func warn() {
        for (name, project) in projects.sorted(by: { $0.key < $1.key }) {
            guard let end = CredentialEnd(of: project, named: name, now: clock.now) else { continue }
            logger.warning("\(end.sentence)", metadata: ["project": "\(name)"])
        }
    }
}
