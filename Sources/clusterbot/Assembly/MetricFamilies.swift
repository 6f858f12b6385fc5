import BotCore
import Metrics

/// The metrics that exist from the start, at zero, so that a dashboard does not wait for the first event of each kind.
enum MetricFamilies {
    private static let callOutcomes = ["accepted", "refused", "not_sent", "unknown"]

    static func announce(platforms: [String]) {
        for action in ActionCatalogue.all.map(\.name) {
            for outcome in callOutcomes {
                _ = Counter(
                    label: "clusterbot_api_calls_total",
                    dimensions: [("action", action), ("outcome", outcome)]
                )
            }
            for state in ChangeState.allCases {
                _ = Counter(
                    label: "clusterbot_changes_total",
                    dimensions: [("action", action), ("state", state.rawValue)]
                )
            }
        }
        for platform in platforms {
            for outcome in ["command", "click"] {
                _ = Counter(
                    label: "clusterbot_webhooks_total",
                    dimensions: [("platform", platform), ("outcome", outcome)]
                )
            }
        }
        _ = Recorder(label: "clusterbot_change_seconds", aggregate: true)
        _ = Recorder(label: "clusterbot_ack_seconds", aggregate: true)
    }
}
