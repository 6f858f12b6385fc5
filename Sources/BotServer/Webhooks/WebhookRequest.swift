import NIOHTTP1

/// A platform's request, complete.
struct WebhookRequest: Sendable {
    /// Names it on all log lines that come of it.
    let id: String
    let method: HTTPMethod
    /// The parts of its path that the webhook leaves open.
    let parameters: [String: String]
    /// What stands behind the `?`.
    let query: String
    let headers: HTTPHeaders
    let body: [UInt8]
    /// The clock's uptime when its head came in.
    let startedAt: Duration
}
