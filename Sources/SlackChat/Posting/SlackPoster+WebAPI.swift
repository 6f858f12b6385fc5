import BotCore
import ChatKit
import CurlHTTP

extension SlackPoster {
    /// The longest time from the call to the end of Slack's reply. A longer wait for one message would hold up the
    /// channel's next.
    private static let totalTimeout = Duration.seconds(10)
    private static let connectTimeout = Duration.seconds(5)
    /// The longest reply. Slack's replies repeat the message; a longer one is not Slack's.
    static let maximumReply = 256 * 1024

    /// Calls one method. Returns its reply, which says `ok`.
    func call(
        _ method: String,
        _ members: [String: JSONValue],
        token: Secret,
        sending: CurlRequest.Sending
    ) async throws(ChatProblem) -> JSONValue {
        let url = settings.apiURL + method
        return try await answer(
            method,
            slackRequest(url, .object(members), token: token, sending: sending, isLoopback: isLoopback(url))
        ).members
    }

    /// Calls one of the reading methods, which take their arguments as a form.
    /// - Parameter maximumReply: the longest reply, in bytes.
    func call(
        _ method: String,
        form: [UInt8],
        token: Secret,
        maximumReply: Int = SlackPoster.maximumReply
    ) async throws(ChatProblem) -> JSONValue {
        try await answer(method, formRequest(method, form, token, maximumReply)).members
    }

    /// Makes the request for one of the reading methods.
    func formRequest(_ method: String, _ form: [UInt8], _ token: Secret, _ maximumReply: Int) -> CurlRequest {
        let url = settings.apiURL + method
        var request = slackRequest(url, .null, token: token, sending: .repeatable, isLoopback: isLoopback(url))
        request.headers.removeAll { $0.name == "Content-Type" }
        request.headers.append((name: "Content-Type", value: "application/x-www-form-urlencoded"))
        request.body = form
        request.maximumBodyBytes = maximumReply
        return request
    }

    func isLoopback(_ url: String) -> Bool { (try? CurlOrigin(url))?.isLoopback ?? false }

    /// Sends a request for one method. Returns its reply, which says `ok`, also with its head.
    func answer(
        _ method: String,
        _ request: CurlRequest
    ) async throws(ChatProblem) -> (members: JSONValue, response: CurlResponse) {
        let response: CurlResponse
        do throws(TransportError) {
            response = try await exchange(request, method)
        } catch {
            throw .transient("Slack's \(method): \(error.description)")
        }
        return (try SlackProblem.members(of: response, method: method), response)
    }

    /// The name in metrics for the use of a `response_url`.
    static let replyMethod = "response_url"
    /// The names of all calls to Slack in metrics.
    package static let methods = [
        "auth.test", "chat.delete", "chat.postEphemeral", "chat.postMessage", "chat.update", "conversations.history",
        "conversations.info", replyMethod, "usergroups.list", "usergroups.users.list", "users.info", "users.list",
    ]

    /// Sends one request to Slack, and measures its time.
    func exchange(_ request: CurlRequest, _ method: String) async throws(TransportError) -> CurlResponse {
        let start = clock.uptime
        defer { Metric.chatSeconds.observe(clock.uptime - start, SlackSettings.platformName, method) }
        return try await transport.execute(request)
    }

    /// Makes a request. Where a second sending would be a second message, `sending` is `single`: a missing message is
    /// tried again.
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
