import BotCore
import NIOConcurrencyHelpers

/// Limits the requests of each person within a minute. It is kept in memory only: a start forgets it.
final class RequestRates: Sendable {
    enum Verdict: Hashable {
        case taken
        /// There were too many: it is answered with a sentence.
        case tooMany
        /// There were far too many: it gets an empty reply.
        case flood
    }

    /// The deliveries within the last minute, oldest first. Older ones are taken off the front.
    private struct Recent {
        private var items: [(moment: Duration, delivery: String)] = []
        private var first = 0
        private(set) var deliveries: Set<String> = []

        var count: Int { items.count - first }
        var last: Duration? { count > 0 ? items.last?.moment : nil }

        mutating func add(_ delivery: String, at moment: Duration) {
            items.append((moment, delivery))
            deliveries.insert(delivery)
        }

        mutating func forget(until moment: Duration) {
            while first < items.count, items[first].moment <= moment {
                deliveries.remove(items[first].delivery)
                first += 1
            }
            guard first * 2 >= items.count else { return }
            items.removeFirst(first)
            first = 0
        }
    }

    private struct Asked {
        var taken = Recent()
        var all = Recent()
    }

    private struct State {
        var asked: [String: Asked] = [:]
        var nextCleaning = Duration.zero
    }

    private let state = NIOLockedValueBox(State())

    private static let window = Duration.seconds(60)
    /// The multiple of the limit up to which requests are answered at all.
    private static let answered = 10

    /// Counts one more request of a person (``Actor/key``). A redelivery is the same request.
    /// - Parameter limit: the most that are taken within 60 s.
    func ask(_ asker: String, delivery: String, limit: Int, at uptime: Duration) -> Verdict {
        state.withLockedValue { state in
            if uptime >= state.nextCleaning {
                state.asked = state.asked.filter { _, asked in asked.all.last.map { uptime - $0 < Self.window } ?? false
                }
                state.nextCleaning = uptime + Self.window
            }
            var asked = state.asked.removeValue(forKey: asker) ?? Asked()
            defer { state.asked[asker] = asked }
            asked.taken.forget(until: uptime - Self.window)
            asked.all.forget(until: uptime - Self.window)
            if asked.taken.deliveries.contains(delivery) { return .taken }
            guard asked.all.count < limit * Self.answered else { return .flood }
            asked.all.add(delivery, at: uptime)
            guard asked.taken.count < limit else { return .tooMany }
            asked.taken.add(delivery, at: uptime)
            return .taken
        }
    }
}
