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

extension String {
    /// A new request's: twelve hexadecimal digits, at random. Not the client's own, which could be another request's.
    static func requestID() -> String {
        let digits = String(UInt64.random(in: 0..<1 << 48), radix: 16)
        return String(repeating: "0", count: 12 - digits.count) + digits
    }
}
