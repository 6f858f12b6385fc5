import BotCore
import Metrics

/// The counters of one platform's webhooks. Looking a counter up by its labels each time would cost more than counting.
final class WebhookMetrics: Sendable {
    private let counters: [String: Counter]

    /// - Parameter outcomes: all that there are; each is there from the start.
    init(platform: String, outcomes: [String]) {
        let counters = outcomes.map { outcome in
            (outcome, Metric.webhooks.counter(platform, outcome))
        }
        self.counters = Dictionary(uniqueKeysWithValues: counters)
    }

    /// One more request with this outcome.
    func count(_ outcome: String) { counters[outcome]?.increment() }

    /// A request was taken and answered.
    func answered(after time: Duration) { Metric.acknowledgement.observe(time) }
}
