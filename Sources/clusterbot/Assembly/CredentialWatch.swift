import BotCore
import ClusterAPI
import Logging
import ServiceLifecycle

/// Warns before the credentials of a project stop working: 30, 7 and 1 days before, and every day after.
struct CredentialWatch: Service {
    let projects: [String: ClusterAPISettings.Project]
    let clock: any BotClock
    let logger: Logger

    private static let warnBefore = [30, 7, 1].map { Duration.seconds($0 * 86_400) }
    private static let lookEvery = Duration.seconds(86_400)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                warn()
                try await clock.sleep(Self.lookEvery)
            }
        }
    }

    private func warn() {
        for (name, project) in projects.sorted(by: { $0.key < $1.key }) {
            guard let ends = project.tokenEnds, let text = Self.warning(ends: ends, now: clock.now) else { continue }
            logger.warning("\(text)", metadata: ["project": "\(name)", "token_ends": "\(ends)"])
        }
    }

    /// What to say about credentials that end at a moment; nil while there is time, and between the days that count.
    static func warning(ends: Timestamp, now: Timestamp) -> String? {
        guard now < ends else { return "the API credentials have ended: create new ones in the dashboard" }
        let left = ends - now
        // Looked at once a day: each threshold is hit on the day before it is passed.
        guard warnBefore.contains(where: { left <= $0 && left > $0 - lookEvery }) else { return nil }
        return "the API credentials end in \(left.spoken): create new ones in the dashboard"
    }
}
