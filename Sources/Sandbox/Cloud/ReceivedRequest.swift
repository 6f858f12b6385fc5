import FoundationEssentials

/// One request as the simulated cloud received it, with what became of it. The log of these is the independent witness
/// of what a client really sent.
package struct ReceivedRequest: Codable, Sendable, Equatable {
    /// Counts up from 1.
    package let number: Int
    package let at: Date
    package let method: String
    package let path: String
    /// The query with the value of `apikey` replaced.
    package let query: String
    /// A subset, names in lower case; of `authorization` only the scheme.
    package let headers: [String: String]
    /// The body as text.
    package let body: String
    /// The body's bytes, base64.
    package let bodyBase64: String
    /// `action` of the body, if it has one.
    package let action: String?
    /// Whether the world changed because of it.
    package var applied = false
    /// The status that was answered; nil while it is not answered, and for ever when the connection was closed.
    package var status: Int?
    /// The kind of fault that hit it.
    package var fault: String?

    private enum CodingKeys: String, CodingKey {
        case number, at, method, path, query, headers, body, action, applied, status, fault
        case bodyBase64 = "body_base64"
    }

    private static let keptHeaders: Set<String> = [
        "accept", "connection", "content-length", "content-type", "expect", "host", "transfer-encoding", "user-agent",
    ]

    init(_ request: SandboxRequest, number: Int, at: Date) {
        self.number = number
        self.at = at
        method = request.method
        path = request.path
        query = request.query.split(separator: "&", omittingEmptySubsequences: false).map { pair in
            // Decoded first: a name can be escaped, too.
            FormCoding.decode(pair).keys.contains("apikey") ? "apikey=REDACTED" : String(pair)
        }.joined(separator: "&")
        var headers: [String: String] = [:]
        for (name, value) in request.headers where Self.keptHeaders.contains(name) { headers[name] = value }
        if let authorization = request.header("authorization") {
            headers["authorization"] = authorization.hasPrefix("Bearer ") ? "Bearer REDACTED" : "REDACTED"
        }
        self.headers = headers
        body = String(decoding: request.body, as: UTF8.self)
        bodyBase64 = Data(request.body).base64EncodedString()
        action = SandboxJSON(parsing: request.body)?["action"]?.string
    }

    /// The bytes of the body.
    package var bodyBytes: [UInt8] { Data(base64Encoded: bodyBase64).map(Array.init) ?? [] }
}
