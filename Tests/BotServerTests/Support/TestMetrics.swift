import CoreMetrics

@testable import BotServer

/// The registry of this process: metrics have one for all, and it is set once.
enum TestMetrics {
    static let registry = {
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        return registry
    }()
}
