/// One complete request of a platform, as it came in.
package struct WebhookDelivery: Sendable {
    package let method: String
    /// See ``WebhookPath/parameters(in:)``.
    package let parameters: [String: String]
    /// The part behind the `?`, not decoded; empty if there is none.
    package let query: String
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]
    /// The id of the request in the log.
    package let request: String?

    package init(
        method: String = "POST",
        parameters: [String: String] = [:],
        query: String = "",
        headers: [(name: String, value: String)],
        body: [UInt8],
        request: String? = nil
    ) {
        self.method = method
        self.parameters = parameters
        self.query = query
        self.headers = headers
        self.body = body
        self.request = request
    }
}
