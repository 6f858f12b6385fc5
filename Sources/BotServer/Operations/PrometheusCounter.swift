import CoreMetrics
import NIOConcurrencyHelpers

final class PrometheusCounter: CounterHandler, Sendable {
    private let count = NIOLockedValueBox<Int64>(0)

    var value: Int64 { count.withLockedValue(\.self) }

    func increment(by amount: Int64) { count.withLockedValue { $0 += amount } }
    func reset() { count.withLockedValue { $0 = 0 } }
}
