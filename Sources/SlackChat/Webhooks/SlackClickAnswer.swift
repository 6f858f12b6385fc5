import BotCore
import ChatKit
import CurlHTTP

/// Tells one sentence to a person who clicked, through the click's own `response_url`: Slack does not show them the
/// HTTP answer.
///
/// This is for clicks that are refused at the door; the engine's explanations go through ``SlackPoster``.
package struct SlackClickAnswer: Sendable {
    private let settings: SlackSettings
    private let transport: any HTTPTransport

    /// The longest time for it. Nobody waits for it, and it is sent once or not at all.
    private static let totalTimeout = Duration.seconds(5)
    private static let maximumReply = 64 * 1024

    package init(settings: SlackSettings, transport: any HTTPTransport) {
        self.settings = settings
        self.transport = transport
    }

    /// - Throws: a sentence for the log, which does not hold the address.
    package func tell(_ told: WebhookAnswer.Told) async throws(ChatProblem) {
        guard let url = SlackResponseURL(told.handle, hosts: settings.responseHosts) else {
            throw .permanent("The click's response_url is not of a host in `chat.slack.response_hosts`.")
        }
        var members = SlackRenderer(workspace: "").members(of: Message(RichText(marked: told.sentence)))
        members["response_type"] = .string("ephemeral")
        members["replace_original"] = .bool(false)
        let request = CurlRequest(
            method: .post,
            url: url.text,
            headers: [(name: "Content-Type", value: WebhookAnswer.json)],
            body: Array(JSONValue.object(members).canonical.utf8),
            sending: .single,
            totalTimeout: Self.totalTimeout,
            maximumBodyBytes: Self.maximumReply,
            allowsPlainHTTP: url.isLoopback,
            allowsPrivateAddress: url.isLoopback
        )
        let response: CurlResponse
        do throws(TransportError) {
            response = try await transport.execute(request)
        } catch {
            throw .transient("Slack's response_url: \(error.description)")
        }
        try SlackProblem.checkReply(response)
    }
}
