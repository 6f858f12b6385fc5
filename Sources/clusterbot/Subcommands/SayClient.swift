import BotConfiguration
import BotCore
import CurlHTTP
import Foundation
import Glibc

/// Sends what is said to the running service, through its socket.
struct SayClient: Sendable {
    let configuration: Configuration
    let transport: CurlTransport

    /// Longer than the service takes for a look.
    private static let answerWithin = Duration.seconds(40)

    /// Why there is no answer.
    enum Problem: Error {
        /// Certainly nothing was stored; the sentence says what to do.
        case nothingStored(String)
        /// It may have been stored.
        case notKnown(String)
    }

    /// A key by which the service knows a request again.
    static func key() -> String { UUID().uuidString }

    func ask(_ members: [String: JSONValue]) async throws(Problem) -> JSONValue {
        let path = configuration.socketPath
        if access(path, W_OK) != 0, errno == EACCES {
            throw .nothingStored(configuration.server.socket.refusal(path))
        }
        var call = CurlRequest(
            method: .post,
            url: "http://localhost/say",
            headers: [(name: "Content-Type", value: "application/json")],
            body: Array(JSONValue.object(members).canonical.utf8),
            sending: .single,
            totalTimeout: Self.answerWithin,
            allowsPlainHTTP: true,
            allowsPrivateAddress: true
        )
        call.unixSocket = path
        let reply: CurlResponse
        do throws(TransportError) {
            reply = try await transport.execute(call)
        } catch {
            guard error.delivery == .notSent else { throw .notKnown("The service did not answer: \(error).") }
            throw .nothingStored(
                "No service answers at \(path), so nothing was stored. Start it, or look at its log."
            )
        }
        let body = (try? JSONValue(parsing: reply.body)) ?? .null
        let words = body["problem"]?.string ?? "The service answered \(reply.status)."
        switch reply.status {
        case 200: return body
        case 403: throw .nothingStored(configuration.server.socket.refusal(path))
        case 404: throw .nothingStored("The service takes nothing here. Start it again with this configuration.")
        case 400, 413: throw .nothingStored("\(words) Nothing was stored. Is the service of the same version?")
        case 503: throw .nothingStored("\(words) Nothing was stored. Try again in a moment.")
        default: throw .notKnown(words)
        }
    }
}
