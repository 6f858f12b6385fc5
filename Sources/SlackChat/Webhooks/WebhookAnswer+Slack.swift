import BotCore
import ChatKit

extension WebhookOutcome {
    /// Slack checked whether the certificate is good.
    package static let sslCheck = Self(rawValue: "ssl_check")
    /// Slack checked whether an address takes its events.
    package static let urlVerification = Self(rawValue: "url_verification")

    /// All outcomes of Slack's webhooks without an effect.
    package static let slack = common + [sslCheck, urlVerification]
}

extension WebhookAnswer {
    /// Answers a sentence that only the person sees who sent the request.
    static func privately(_ sentence: String, _ outcome: WebhookOutcome, _ refusal: WebhookRefusal) -> Self {
        let reply = SlackRenderer(workspace: "").reply(Message(RichText(marked: sentence)), isPrivate: true)
        return Self(status: 200, contentType: json, body: reply, outcome, refusal)
    }

    /// Answers a person who clicked with a sentence.
    static func toClicker(
        _ sentence: String,
        through handle: String?,
        _ outcome: WebhookOutcome,
        _ refusal: WebhookRefusal
    ) -> Self {
        Self(status: 200, outcome, refusal, told: handle.map { Told(sentence: sentence, handle: $0) })
    }

    /// - Parameter told: the sentence for a person who clicked.
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
