import BotCore

/// Where Slack sends what.
package enum SlackEndpoint: String, Sendable, CaseIterable {
    /// Slash commands.
    case commands
    /// Clicks and forms.
    case interactions
    /// The Events API.
    case events
}

/// What one HTTP request from Slack means.
package enum SlackRequest: Sendable {
    /// Genuine, for this app, from a configured workspace. Its answer is the engine's.
    case command(InboundCommand)
    case click(InboundClick)
    /// Nothing to do but to answer.
    case answer(WebhookAnswer)
}

/// A complete answer to a webhook that has no effect.
package struct WebhookAnswer: Hashable, Sendable {
    /// Why there is no effect. The raw values are labels of `clusterbot_webhooks_total`.
    package enum Outcome: String, Sendable, CaseIterable {
        case badSignature = "bad_signature"
        case foreignApp = "foreign_app"
        case foreignWorkspace = "foreign_workspace"
        case malformed
        case sslCheck = "ssl_check"
        case unknownCommand = "unknown_command"
        case unsupported
        case urlVerification = "url_verification"
    }

    package let status: Int
    package let contentType: String?
    package let body: [UInt8]
    /// One of ``Outcome``'s words.
    package let outcome: String

    init(status: Int, contentType: String? = nil, body: [UInt8] = [], _ outcome: Outcome) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.outcome = outcome.rawValue
    }

    /// What JSON answers to Slack are sent as.
    package static let json = "application/json; charset=utf-8"

    /// A sentence that only the person sees who sent the request.
    static func privately(_ sentence: String, _ outcome: Outcome) -> Self {
        let reply = SlackRenderer(workspace: "").reply(Message(RichText(marked: sentence)), isPrivate: true)
        return Self(status: 200, contentType: json, body: reply, outcome)
    }

    static let malformed = Self(
        status: 400,
        contentType: "text/plain; charset=utf-8",
        body: Array("The request is signed, but its body is not as Slack sends it.\n".utf8),
        .malformed
    )
}
