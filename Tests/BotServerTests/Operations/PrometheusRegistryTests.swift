import BotCore
import CoreMetrics
import Testing

@testable import BotServer

@Suite struct PrometheusRegistryTests {
    private let registry = PrometheusRegistry()

    @Test func familiesAndSeriesAreSorted() {
        registry.makeCounter(label: "b_total", dimensions: [("x", "2")]).increment(by: 3)
        registry.makeCounter(label: "b_total", dimensions: [("x", "1")]).increment(by: 1)
        registry.makeMeter(label: "a", dimensions: []).set(1.5)
        #expect(
            registry.text() == """
                # TYPE a gauge
                a 1.5
                # TYPE b_total counter
                b_total{x="1"} 1
                b_total{x="2"} 3

                """
        )
    }

    @Test func aMetricOfOursHasItsHelpAndKind() {
        // Kept by the system and set here, so that its handler is a gauge.
        registry.makeRecorder(label: "process_cpu_seconds_total", dimensions: [], aggregate: false).record(2.0)
        #expect(
            registry.text() == """
                # HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.
                # TYPE process_cpu_seconds_total counter
                process_cpu_seconds_total 2.0

                """
        )
    }

    /// A dashboard knows a metric whose labels only the configuration decides before it has a series.
    @Test func aFamilyHasItsHeadBeforeItsFirstSeries() {
        let registry = PrometheusRegistry(families: [.credentialSecondsLeft])
        let lines = registry.text().split(separator: "\n")
        #expect(lines.map { $0.prefix(6) } == ["# HELP", "# TYPE"])
        #expect(lines.last == "# TYPE clusterbot_credential_seconds_left gauge")
        registry.makeMeter(label: Metric.credentialSecondsLeft.name, dimensions: [("project", "a")]).set(1.5)
        #expect(registry.text().split(separator: "\n").count == 3)
    }

    @Test func labelsAreEscaped() {
        registry.makeCounter(label: "c", dimensions: [("x", "a\"b\\c\nd")]).increment(by: 1)
        #expect(registry.text().contains("c{x=\"a\\\"b\\\\c\\nd\"} 1\n"))
        #expect(registry.text().split(separator: "\n").count == 2)
    }

    @Test func aHistogramCountsUpToEachBound() {
        let histogram = registry.makeTimer(label: "h", dimensions: [("x", "1")])
        histogram.recordNanoseconds(1_000_000)
        histogram.recordNanoseconds(1_000_001)
        histogram.recordNanoseconds(3_600_000_000_000)
        let lines = registry.text().split(separator: "\n").map(String.init)
        #expect(lines.first == "# TYPE h histogram")
        #expect(lines.contains("h_bucket{x=\"1\",le=\"0.001\"} 1"))
        #expect(lines.contains("h_bucket{x=\"1\",le=\"0.0025\"} 2"))
        #expect(lines.contains("h_bucket{x=\"1\",le=\"1800.0\"} 2"))
        #expect(lines.contains("h_bucket{x=\"1\",le=\"+Inf\"} 3"))
        #expect(lines.contains("h_count{x=\"1\"} 3"))
        #expect(lines.contains { $0.hasPrefix("h_sum{x=\"1\"} 3600.002") })
    }

    @Test func oneSeriesHasOneHandler() {
        for _ in 0..<2 { registry.makeCounter(label: "n", dimensions: [("x", "1")]).increment(by: 1) }
        let counter = registry.makeCounter(label: "n", dimensions: [("x", "1")])
        // A scrape must not see a counter vanish.
        registry.destroyCounter(counter)
        #expect(registry.text().contains("n{x=\"1\"} 2\n"))
    }
}
