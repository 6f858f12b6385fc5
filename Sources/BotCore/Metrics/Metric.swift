import Metrics

/// A metric that the service keeps: its name, what it means, and the labels of its series. Each is one constant in
/// ``all``; the exporter prints the help text from there.
package struct Metric: Sendable, Hashable {
    package enum Kind: Sendable {
        case counter, gauge, histogram
        /// A counter that somebody else keeps: the figure is read there and set here.
        case readCounter

        /// Prometheus' word for the kind.
        package var type: String {
            switch self {
            case .counter, .readCounter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            }
        }
    }

    /// A label and what it may say.
    package struct Label: Sendable, Hashable {
        package let name: String
        /// Every value, where the code alone decides which there are; nil where the configuration or a peer does.
        package let values: [String]?

        init(_ name: String, _ values: [String]? = nil) {
            self.name = name
            self.values = values
        }
    }

    /// The name with its unit at the end, as Prometheus' conventions want it; see `promtool check metrics`.
    package let name: String
    package let kind: Kind
    /// One sentence for whoever builds a dashboard.
    package let help: String
    package let labels: [Label]

    init(_ kind: Kind, _ name: String, by labels: [Label] = [], _ help: String) {
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
    }

    /// The counter of one series. Looking it up costs more than counting: who counts often keeps it.
    /// - Parameter values: of the labels, in their order.
    package func counter(_ values: String...) -> Counter { Counter(label: name, dimensions: dimensions(values)) }

    /// The level of one series that goes up and down by steps, for whoever keeps it.
    /// - Parameter values: of the labels, in their order.
    package func meter(_ values: String...) -> Meter { Meter(label: name, dimensions: dimensions(values)) }

    /// One more in a series.
    package func count(_ values: String...) {
        Counter(label: name, dimensions: dimensions(values)).increment()
    }

    /// The figure of a series is this now.
    package func set(_ figure: Double, _ values: String...) {
        Gauge(label: name, dimensions: dimensions(values)).record(figure)
    }

    /// A span of time for a histogram.
    package func observe(_ span: Duration, _ values: String...) {
        Recorder(label: name, dimensions: dimensions(values), aggregate: true).record(span.inSeconds)
    }

    /// Makes series exist, at zero, so that nobody has to wait for the first event of each kind.
    /// - Parameter values: of the labels, for every series; the values of a label that the code knows may be left out.
    package func announce(_ values: [String: [String]] = [:]) {
        for series in Self.product(labels.map { values[$0.name] ?? $0.values ?? [] }) {
            let dimensions = dimensions(series)
            switch kind {
            case .counter: _ = Counter(label: name, dimensions: dimensions)
            case .gauge, .readCounter: _ = Gauge(label: name, dimensions: dimensions)
            case .histogram: _ = Recorder(label: name, dimensions: dimensions, aggregate: true)
            }
        }
    }

    private func dimensions(_ values: [String]) -> [(String, String)] {
        Array(zip(labels.lazy.map(\.name), values))
    }

    /// Every way to take one of each.
    private static func product(_ lists: [[String]]) -> [[String]] {
        lists.reduce([[]]) { done, next in done.flatMap { begun in next.map { begun + [$0] } } }
    }
}
