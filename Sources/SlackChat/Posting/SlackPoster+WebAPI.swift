import BotCore
import ChatKit
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
        return try await call(
            method,
            slackRequest(url, .object(members), token: token, sending: sending, isLoopback: isLoopback(url))
        )
    }

    /// The same for one of the reads, which take their arguments as a form.
    func call(_ method: String, form: [UInt8], token: Secret) async throws(ChatProblem) -> JSONValue {
        let url = settings.apiURL + method
        var request = slackRequest(url, .null, token: token, sending: .repeatable, isLoopback: isLoopback(url))
        request.headers.removeAll { $0.name == "Content-Type" }
        request.headers.append((name: "Content-Type", value: "application/x-www-form-urlencoded"))
        request.body = form
        return try await call(method, request)
    }

    private func isLoopback(_ url: String) -> Bool { (try? CurlOrigin(url))?.isLoopback ?? false }

    private func call(_ method: String, _ request: CurlRequest) async throws(ChatProblem) -> JSONValue {
        let response: CurlResponse
        do throws(TransportError) {
            response = try await exchange(request, method)
        } catch {
            throw .transient("Slack's \(method): \(error.description)")
        }
        return try SlackProblem.members(of: response, method: method)
    }

    /// What metrics call the use of a `response_url`.
    static let replyMethod = "response_url"
    /// Everything that is called at Slack, by the names that metrics give it.
    package static let methods = [
        "auth.test", "chat.postEphemeral", "chat.postMessage", "chat.update", "conversations.info", replyMethod,
    ]

    /// One request to Slack, with its time taken.
    func exchange(_ request: CurlRequest, _ method: String) async throws(TransportError) -> CurlResponse {
        let start = clock.uptime
        defer { Metric.chatSeconds.observe(clock.uptime - start, SlackSettings.platformName, method) }
        return try await transport.execute(request)
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
