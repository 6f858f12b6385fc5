import CurlHTTP
import NIOConcurrencyHelpers

/// Answers requests from a script, and keeps them. A request beyond the script is answered with the last line of it.
final class ScriptedTransport: HTTPTransport {
    typealias Answer = @Sendable () -> Result<CurlResponse, TransportError>

    private let script: [Answer]
    private let seen = NIOLockedValueBox<[CurlRequest]>([])

    init(_ script: [Answer]) { self.script = script }

    convenience init(always response: CurlResponse) {
        self.init([{ .success(response) }])
    }

    convenience init(replies: [(status: Int, body: String)]) {
        self.init(replies.map { reply in { .success(.json(reply.status, reply.body)) } })
    }

    convenience init(failing error: TransportError) {
        self.init([{ .failure(error) }])
    }

    var requests: [CurlRequest] { seen.withLockedValue { $0 } }

    func execute(_ request: CurlRequest) async throws(TransportError) -> CurlResponse {
        let index = seen.withLockedValue { seen in
            seen.append(request)
            return seen.count - 1
        }
        return try script[min(index, script.count - 1)]().get()
    }
}

extension CurlResponse {
    static func json(_ status: Int, _ body: String, headers: [(name: String, value: String)] = []) -> CurlResponse {
        CurlResponse(status: status, headers: headers, body: Array(body.utf8))
    }
}

extension CurlRequest {
    func value(_ header: String) -> String? { headers.first { $0.name == header }?.value }

    var bodyText: String? { body.map { String(decoding: $0, as: UTF8.self) } }
}
