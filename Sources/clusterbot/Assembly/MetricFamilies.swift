import BotCore
import SlackChat

/// The series that exist from the start, at zero, so that a dashboard does not wait for the first event of each kind.
enum MetricFamilies {
    /// Every series whose labels are known here; the door knows the outcomes of webhooks and the routes.
    static func announce(platforms: [String]) {
        for metric in Metric.all where metric.labels.allSatisfy({ $0.values != nil }) { metric.announce() }
        let platforms = ["platform": platforms]
        Metric.chatRefused.announce(platforms)
        if platforms["platform"]?.contains("slack") == true {
            Metric.chatSeconds.announce(["platform": ["slack"], "method": SlackPoster.methods])
        }
        Metric.buildInfo.set(1, Version.text, Version.commit)
    }
}
