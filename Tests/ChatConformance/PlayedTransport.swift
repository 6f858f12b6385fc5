import BotCore
import CurlHTTP
import NIOConcurrencyHelpers

/// Answers requests from a list, in order, and keeps them.
package final class PlayedTransport: HTTPTransport {
    package enum Step: Sendable {
        case reply(Int, String, headers: [(name: String, value: String)] = [])
        case fail(TransportError)
    }

    private let state: NIOLockedValueBox<(steps: [Step], requests: [CurlRequest])>

    package init(_ steps: [Step]) { state = NIOLockedValueBox((steps, [])) }

    package var requests: [CurlRequest] { state.withLockedValue { $0.requests } }

    /// The JSON that was sent, request by request.
    package var bodies: [JSONValue] { requests.map { (try? JSONValue(parsing: $0.body ?? [])) ?? .null } }

    package func execute(_ request: CurlRequest) async throws(TransportError) -> CurlResponse {
        let step = state.withLockedValue { state -> Step? in
            state.requests.append(request)
            return state.steps.isEmpty ? nil : state.steps.removeFirst()
        }
        switch step {
        case .reply(let status, let body, let headers):
            return CurlResponse(status: status, headers: headers, body: Array(body.utf8))
        case .fail(let error): throw error
        case nil: throw TransportError(code: .other, delivery: .notSent)
        }
    }
}

extension CurlRequest {
    package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
