import BotCore
import NIOConcurrencyHelpers

/// How much everybody asked for within the last minute. Known only to this process: a start forgets it.
final class RequestRates: Sendable {
    enum Verdict: Hashable {
        case taken
        /// Too many: answered with a sentence.
        case tooMany
        /// Far too many: not even that.
        case flood
    }

    private struct Asked {
        /// When each was asked that was taken, and when each came in at all, by the uptime.
        var taken: [(moment: Duration, delivery: String)] = []
        var all: [Duration] = []
    }

    private struct State {
        var asked: [String: Asked] = [:]
        var nextCleaning = Duration.zero
    }

    private let state = NIOLockedValueBox(State())

    private static let window = Duration.seconds(60)
    /// So many times the limit are answered at all.
    private static let answered = 10

    /// One more request of somebody (``Actor/key``). The same delivery once more is the same request.
    /// - Parameter limit: how many are taken within 60 s.
    func ask(_ asker: String, delivery: String, limit: Int, at uptime: Duration) -> Verdict {
        state.withLockedValue { state in
            if uptime >= state.nextCleaning {
                state.asked = state.asked.filter { _, asked in asked.all.last.map { uptime - $0 < Self.window } ?? false
                }
                state.nextCleaning = uptime + Self.window
            }
            var asked = state.asked.removeValue(forKey: asker) ?? Asked()
            defer { state.asked[asker] = asked }
            let isOld = { (moment: Duration) in uptime - moment >= Self.window }
            asked.taken.removeAll { isOld($0.moment) }
            asked.all.removeAll(where: isOld)
            if asked.taken.contains(where: { $0.delivery == delivery }) { return .taken }
            guard asked.all.count < limit * Self.answered else { return .flood }
            asked.all.append(uptime)
            guard asked.taken.count < limit else { return .tooMany }
            asked.taken.append((uptime, delivery))
            return .taken
        }
    }
}
