import BotCore
import ClusterAPI
import Metrics

/// Figures that are looked up when they are asked for.
struct Gauges: Sendable {
    let store: any BotStore
    let clock: any BotClock
    let projects: [String: ClusterAPISettings.Project]

    func refresh() async {
        let figures = try? await store.read { reader in
            (unknown: try reader.changes(in: [.unknown]).count, waiting: try reader.waitingPosts())
        }
        if let figures {
            Gauge(label: "clusterbot_changes_unknown").record(figures.unknown)
            Gauge(label: "clusterbot_outbox_pending").record(figures.waiting)
        }
        for (name, project) in projects {
            guard let ends = project.tokenEnds else { continue }
            Gauge(label: "clusterbot_credential_seconds_left", dimensions: [("project", name)])
                .record((ends - clock.now).inSeconds)
        }
    }
}
