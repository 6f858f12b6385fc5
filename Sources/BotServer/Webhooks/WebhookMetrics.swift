import BotCore
import Metrics
import NIOConcurrencyHelpers

/// What is counted of one platform's webhooks. Looking a counter up by its labels each time would cost more than counting.
final class WebhookMetrics: Sendable {
    private let platform: String
    private let counters = NIOLockedValueBox<[String: Counter]>([:])
    private let seconds = Recorder(label: "clusterbot_ack_seconds", aggregate: true)

    init(platform: String) { self.platform = platform }

    /// One more request with this outcome.
    func count(_ outcome: String) {
        let counter = counters.withLockedValue { counters in
            if let known = counters[outcome] { return known }
            let made = Counter(
                label: "clusterbot_webhooks_total",
                dimensions: [("platform", platform), ("outcome", outcome)]
            )
            counters[outcome] = made
            return made
        }
        counter.increment()
    }

    /// A request was taken and answered.
    func answered(after time: Duration) { seconds.record(time.inSeconds) }
}
