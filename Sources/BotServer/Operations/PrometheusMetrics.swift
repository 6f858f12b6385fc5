import CoreMetrics
import NIOConcurrencyHelpers

final class PrometheusCounter: CounterHandler, Sendable {
    private let count = NIOLockedValueBox<Int64>(0)

    var value: Int64 { count.withLockedValue(\.self) }

    func increment(by amount: Int64) { count.withLockedValue { $0 += amount } }
    func reset() { count.withLockedValue { $0 = 0 } }
}

final class PrometheusGauge: RecorderHandler, MeterHandler, Sendable {
    private let level = NIOLockedValueBox<Double>(0)

    var value: Double { level.withLockedValue(\.self) }

    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { level.withLockedValue { $0 = value } }
    func increment(by amount: Double) { level.withLockedValue { $0 += amount } }
    func decrement(by amount: Double) { level.withLockedValue { $0 -= amount } }
}

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
