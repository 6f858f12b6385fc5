/// A simulated server's reply to a request, or the lack of one.
struct SandboxReply: Sendable {
    /// The part of the reply that reaches the wire.
    enum Ending: Sendable {
        /// The whole reply.
        case whole
        /// Head and that many bytes of the body, then the connection is closed.
        case truncated(after: Int)
        /// No byte is sent: the connection is closed.
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
