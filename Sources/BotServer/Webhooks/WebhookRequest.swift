import Hummingbird

/// A platform's request, complete.
struct WebhookRequest: Sendable {
    /// Names it on all log lines that come of it.
    let id: String
    let method: HTTPRequest.Method
    /// The parts of its path that the webhook leaves open.
    let parameters: [String: String]
    /// What stands behind the `?`.
    let query: String
    let headers: HTTPFields
    let body: [UInt8]
    /// The clock's uptime when its head had come in.
    let startedAt: Duration
}
