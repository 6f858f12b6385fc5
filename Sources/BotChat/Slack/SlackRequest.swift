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

    /// What those who run the bot are told of a request that was rejected.
    package enum Refusal: Hashable, Sendable {
        case noSignature, wrongSignature, foreignApp, foreignWorkspace, malformed, unknownCommand
        /// Signed with our secret, for a time so far before ours (behind it, if negative).
        case clockDiffers(Duration)

        /// The same for all that are counted together: one of a few words.
        package var kind: String {
            switch self {
            case .noSignature: "no signature"
            case .wrongSignature: "wrong signature"
            case .foreignApp: "foreign app"
            case .foreignWorkspace: "foreign workspace"
            case .malformed: "malformed"
            case .unknownCommand: "unknown command"
            case .clockDiffers: "clock differs"
            }
        }

        /// As it stands in the log.
        package var reason: String {
            guard case .clockDiffers(let time) = self else { return kind }
            return "clock differs by \(abs(time.wholeMilliseconds) / 1000) s"
        }
    }

    /// What a person is told who clicked on something, besides the HTTP answer, which Slack shows nobody.
    package struct Told: Hashable, Sendable {
        package let sentence: String
        /// The click's `response_url`, of a configured host.
        package let handle: String
    }

    package let status: Int
    package let contentType: String?
    package let body: [UInt8]
    /// One of ``Outcome``'s words.
    package let outcome: String
    /// Nil if it was not rejected.
    package let refusal: Refusal?
    package let told: Told?

    init(
        status: Int,
        contentType: String? = nil,
        body: [UInt8] = [],
        _ outcome: Outcome,
        _ refusal: Refusal? = nil,
        told: Told? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.outcome = outcome.rawValue
        self.refusal = refusal
        self.told = told
    }

    /// What JSON answers to Slack are sent as.
    package static let json = "application/json; charset=utf-8"

    /// A sentence that only the person sees who sent the request.
    static func privately(_ sentence: String, _ outcome: Outcome, _ refusal: Refusal) -> Self {
        let reply = SlackRenderer(workspace: "").reply(Message(RichText(marked: sentence)), isPrivate: true)
        return Self(status: 200, contentType: json, body: reply, outcome, refusal)
    }

    /// The same to somebody who clicked.
    static func toClicker(
        _ sentence: String,
        through handle: String?,
        _ outcome: Outcome,
        _ refusal: Refusal
    ) -> Self {
        Self(status: 200, outcome, refusal, told: handle.map { Told(sentence: sentence, handle: $0) })
    }

    /// - Parameter told: for a click.
    static func malformed(told: Told? = nil) -> Self {
        Self(
            status: 400,
            contentType: "text/plain; charset=utf-8",
            body: Array("The request is signed, but its body is not as Slack sends it.\n".utf8),
            .malformed,
            .malformed,
            told: told
        )
    }
}
