/// A request as a simulated server sees it.
struct SandboxRequest: Sendable {
    /// Upper case.
    let method: String
    /// Without the query, as it was sent.
    let path: String
    /// The raw query, without the question mark.
    let query: String
    /// In the order of arrival, names in lower case.
    let headers: [(name: String, value: String)]
    /// Empty until the whole request was read.
    var body: [UInt8]

    /// The query's parameters.
    var parameters: [String: String] { FormCoding.decode(query) }

    /// The first header of that name; the name in lower case.
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The media type without its parameters, in lower case.
    var mediaType: String {
        let value = header("content-type") ?? ""
        return value.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
    }

    /// What follows `Bearer ` in the Authorization header.
    var bearer: String? {
        guard let value = header("authorization"), value.hasPrefix("Bearer ") else { return nil }
        return String(value.dropFirst("Bearer ".count))
    }
}

/// What a simulated server does about a request: a reply, or the lack of one.
struct SandboxReply: Sendable {
    /// What happens on the wire.
    enum Ending: Sendable {
        /// The whole reply.
        case whole
        /// Head and that many bytes of the body, then the connection is closed.
        case truncated(after: Int)
        /// Nothing: the connection is closed.
        case closed
    }

    var status: Int
    var headers: [(String, String)]
    var body: [UInt8]
    var ending = Ending.whole

    init(status: Int, headers: [(String, String)] = [], body: [UInt8] = [], ending: Ending = .whole) {
        self.status = status
        self.headers = headers
        self.body = body
        self.ending = ending
    }

    static func json(_ value: SandboxJSON, status: Int = 200, headers: [(String, String)] = []) -> SandboxReply {
        SandboxReply(status: status, headers: [("content-type", "application/json")] + headers, body: value.bytes)
    }

    static func text(_ text: String, status: Int = 200) -> SandboxReply {
        SandboxReply(status: status, headers: [("content-type", "text/plain; charset=utf-8")], body: Array(text.utf8))
    }

    static func html(_ bytes: [UInt8], status: Int = 200, headers: [(String, String)] = []) -> SandboxReply {
        SandboxReply(status: status, headers: [("content-type", "text/html; charset=utf-8")] + headers, body: bytes)
    }

    /// The connection is closed without a reply.
    static let closed = SandboxReply(status: 0, ending: .closed)
}

/// A simulated server's inside.
protocol SandboxHandler: Sendable {
    /// Asked when the head of a request is there, before its body is read. False closes the connection at once.
    func admits(_ head: SandboxRequest) async -> Bool
    /// The reply to a whole request. It also runs to its end when the client has gone meanwhile.
    func reply(to request: SandboxRequest) async -> SandboxReply
}
