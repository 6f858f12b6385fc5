import CoreMetrics
import NIOConcurrencyHelpers

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
