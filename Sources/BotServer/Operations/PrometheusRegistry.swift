import BotCore
import CoreMetrics
import NIOConcurrencyHelpers

/// A swift-metrics backend that prints Prometheus text. Counters, gauges and histograms; nothing is ever sent anywhere.
package final class PrometheusRegistry: MetricsFactory, Sendable {
    /// Upper bounds of histogram buckets in seconds: from a local commit to a hanging API.
    static let buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800]

    /// Many events look their counter up, so nothing is put into text before it is printed.
    private struct Key: Hashable {
        struct Dimension: Hashable {
            let name: String
            let value: String
        }

        let label: String
        let dimensions: [Dimension]

        init(_ label: String, _ dimensions: [(String, String)]) {
            self.label = label
            self.dimensions = dimensions.map { Dimension(name: $0.0, value: $0.1) }
        }
    }

    private struct State {
        var counters: [Key: PrometheusCounter] = [:]
        var gauges: [Key: PrometheusGauge] = [:]
        var histograms: [Key: PrometheusHistogram] = [:]
    }

    private let state = NIOLockedValueBox(State())

    /// The metrics whose head is printed also before they have a series.
    private let families: [Metric]

    package init(families: [Metric] = []) { self.families = families }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let key = Key(label, dimensions)
        return state.withLockedValue { state in
            if let known = state.counters[key] { return known }
            let counter = PrometheusCounter()
            state.counters[key] = counter
            return counter
        }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        aggregate ? histogram(label, dimensions) : gauge(label, dimensions)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions)
    }

    // A label that was used once stays: a scrape must not see a counter vanish.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> PrometheusGauge {
        let key = Key(label, dimensions)
        return state.withLockedValue { state in
            if let known = state.gauges[key] { return known }
            let gauge = PrometheusGauge()
            state.gauges[key] = gauge
            return gauge
        }
    }

    private func histogram(_ label: String, _ dimensions: [(String, String)]) -> PrometheusHistogram {
        let key = Key(label, dimensions)
        return state.withLockedValue { state in
            if let known = state.histograms[key] { return known }
            let histogram = PrometheusHistogram()
            state.histograms[key] = histogram
            return histogram
        }
    }

    /// All metrics in the text format, version 0.0.4, sorted, with what ``Metric/all`` says of them; of each of
    /// `families` at least the head.
    package func text() -> String {
        let (counters, gauges, histograms) = state.withLockedValue { ($0.counters, $0.gauges, $0.histograms) }
        var blocks: [(label: String, lines: [String])] = []
        for (label, series) in Self.families(counters) {
            blocks.append((label, Self.head(label, .counter) + series.map { Self.line(label, $0, "\($1.value)") }))
        }
        for (label, series) in Self.families(gauges) {
            blocks.append((label, Self.head(label, .gauge) + series.map { Self.line(label, $0, "\($1.value)") }))
        }
        for (label, series) in Self.families(histograms) {
            blocks.append((label, Self.head(label, .histogram) + series.flatMap { $1.lines(label, $0) }))
        }
        let seen = Set(blocks.map(\.label))
        for metric in families where !seen.contains(metric.name) {
            blocks.append((metric.name, Self.head(metric.name, metric.kind)))
        }
        return blocks.sorted { $0.label < $1.label }.flatMap(\.lines).joined(separator: "\n") + "\n"
    }

    /// - Parameter kind: for a metric that is not one of ours.
    private static func head(_ label: String, _ kind: Metric.Kind) -> [String] {
        let metric = Metric.named(label)
        let help = metric.map { ["# HELP \(label) \(escapedHelp($0.help))"] } ?? []
        return help + ["# TYPE \(label) \((metric?.kind ?? kind).type)"]
    }

    private static func line(_ label: String, _ dimensions: String, _ value: String) -> String {
        "\(label)\(braced(dimensions)) \(value)"
    }

    private static func escapedHelp(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    private static func families<Handler>(_ metrics: [Key: Handler]) -> [(
        label: String, series: [(dimensions: String, Handler)]
    )] {
        Dictionary(grouping: metrics) { $0.key.label }.sorted { $0.key < $1.key }
            .map { label, members in (label, members.map { (text($0.key.dimensions), $0.value) }.sorted { $0.0 < $1.0 })
            }
    }

    private static func text(_ dimensions: [Key.Dimension]) -> String {
        dimensions.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func braced(_ dimensions: String) -> String { dimensions.isEmpty ? "" : "{\(dimensions)}" }
}
