import BotCore
import ChatKit
import Metrics
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1

/// The counters of all servers' requests: `clusterbot_http_requests_total{route,status}`.
final class RequestMetrics: Sendable {
    /// Every other path, and what is no request. Never a path as somebody sent it: anybody could make up new ones.
    private static let other = "other"

    private struct Key: Hashable {
        let route: String
        let status: UInt
    }

    private let pages: Set<String>
    private let webhooks: WebhookRoutes
    private let counters: NIOLockedValueBox<[Key: Counter]>

    /// - Parameter pages: the paths besides the webhooks' that are told apart, each with the statuses that are there from the
    ///   start.
    init(pages: [String: [UInt]], webhooks: WebhookRoutes) {
        self.pages = Set(pages.keys)
        self.webhooks = webhooks
        var counters: [Key: Counter] = [:]
        let routes = webhooks.statuses.merging(pages) { one, _ in one }
        for (route, statuses) in routes.merging([Self.other: [400, 404]], uniquingKeysWith: { one, _ in one }) {
            for status in statuses { counters[Key(route: route, status: status)] = Self.counter(route, status) }
        }
        self.counters = NIOLockedValueBox(counters)
    }

    private static func counter(_ route: String, _ status: UInt) -> Counter {
        Metric.httpRequests.counter(route, "\(status)")
    }

    /// The route that a request is for.
    func route(of uri: String) -> String {
        if let found = webhooks.match(uri: uri) { return found.webhook.path.description }
        if pages.contains(uri) { return uri }
        let path = RequestPath.of(uri)
        return pages.contains(path) ? path : Self.other
    }

    /// - Parameter route: nil for an answer to what was no request.
    func count(_ route: String?, _ status: UInt) {
        let key = Key(route: route ?? Self.other, status: status)
        let counter = counters.withLockedValue { counters in
            if let known = counters[key] { return known }
            let made = Self.counter(key.route, status)
            counters[key] = made
            return made
        }
        counter.increment()
    }
}
