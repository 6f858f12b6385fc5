import BotCore
import CurlHTTP

extension SlackPoster {
    /// From the call to the end of Slack's reply. An outbox that waits longer for one message blocks the next.
    private static let totalTimeout = Duration.seconds(10)
    private static let connectTimeout = Duration.seconds(5)
    /// Slack's replies repeat the message; more than this is none of them.
    private static let maximumReply = 256 * 1024

    /// Calls one method and gives back its reply, which says `ok`.
    func call(
        _ method: String,
        _ members: [String: JSONValue],
        token: Secret,
        sending: CurlRequest.Sending
    ) async throws(ChatProblem) -> JSONValue {
        let url = settings.apiURL + method
        let isLoopback = (try? CurlOrigin(url))?.isLoopback ?? false
        let request = slackRequest(url, .object(members), token: token, sending: sending, isLoopback: isLoopback)
        let response: CurlResponse
        do throws(TransportError) {
            response = try await transport.execute(request)
        } catch {
            throw .transient("Slack's \(method): \(error.description)")
        }
        return try SlackProblem.members(of: response, method: method)
    }

    /// `single` where a second sending would be a second message: better a missing one, which is then tried again.
    func slackRequest(
        _ url: String,
        _ body: JSONValue,
        token: Secret?,
        sending: CurlRequest.Sending,
        isLoopback: Bool
    ) -> CurlRequest {
        var headers = [(name: "Content-Type", value: WebhookAnswer.json)]
        if let token { headers.append((name: "Authorization", value: "Bearer \(token.revealed)")) }
        return CurlRequest(
            method: .post,
            url: url,
            headers: headers,
            body: Array(body.canonical.utf8),
            sending: sending,
            connectTimeout: Self.connectTimeout,
            totalTimeout: Self.totalTimeout,
            maximumBodyBytes: Self.maximumReply,
            allowsPlainHTTP: isLoopback,
            allowsPrivateAddress: isLoopback
        )
    }
}
