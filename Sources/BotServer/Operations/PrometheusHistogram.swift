import CoreMetrics
import NIOConcurrencyHelpers

final class PrometheusHistogram: RecorderHandler, TimerHandler, Sendable {
    private struct State {
        var counts = Array(repeating: 0, count: PrometheusRegistry.buckets.count)
        var count = 0
        var sum = 0.0
    }

    private let state = NIOLockedValueBox(State())

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        state.withLockedValue { state in
            state.count += 1
            state.sum += value
            if let bucket = PrometheusRegistry.buckets.firstIndex(where: { value <= $0 }) { state.counts[bucket] += 1 }
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func lines(_ label: String, _ dimensions: String) -> [String] {
        let state = state.withLockedValue(\.self)
        let comma = dimensions.isEmpty ? "" : ","
        var running = 0
        var lines = zip(PrometheusRegistry.buckets, state.counts).map { bound, count in
            running += count
            return "\(label)_bucket{\(dimensions)\(comma)le=\"\(bound)\"} \(running)"
        }
        lines.append("\(label)_bucket{\(dimensions)\(comma)le=\"+Inf\"} \(state.count)")
        let braced = dimensions.isEmpty ? "" : "{\(dimensions)}"
        return lines + ["\(label)_sum\(braced) \(state.sum)", "\(label)_count\(braced) \(state.count)"]
    }
}
