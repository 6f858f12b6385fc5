import BotCore
import ChatKit

/// Decides what one HTTP request from Slack means. It has no I/O and no state.
///
/// The signature is checked over the raw bytes before anything is decoded; then the body is decoded strictly; then the
/// app and the workspace must be the configured ones. Only ids from the signed body identify anybody.
package struct SlackReceiver: Sendable {
    let settings: SlackSettings
    private let signature: SlackSignature
    private let clock: any BotClock

    package init(settings: SlackSettings, clock: any BotClock) {
        self.settings = settings
        self.clock = clock
        signature = SlackSignature(secrets: settings.signingSecrets)
    }

    /// Decides what a request means. It never fails: a request without an effect gets an answer, too.
    /// - Parameters:
    ///   - body: the bytes as they came in.
    ///   - request: the id of the request in the log.
    package func receive(
        _ endpoint: SlackEndpoint,
        headers: [(name: String, value: String)],
        body: [UInt8],
        request: String? = nil
    ) -> WebhookMeaning {
        let now = clock.now
        let signedAt: Timestamp
        switch signature.verdict(headers: headers, body: body, now: now) {
        case .genuine(let time): signedAt = time
        case .otherTime(let time): return .answer(unsigned(endpoint, body, .clockDiffers(now - time)))
        case .unsigned: return .answer(unsigned(endpoint, body, .noSignature))
        case .wrong: return .answer(unsigned(endpoint, body, .wrongSignature))
        }
        let delivery = SlackDelivery(body: body, signedAt: signedAt, request: request)
        switch endpoint {
        case .events: return .answer(event(body))
        case .commands, .interactions:
            guard let fields = FormFields(body) else { return .answer(.malformed()) }
            if fields["ssl_check"] == "1" { return .answer(WebhookAnswer(status: 200, .sslCheck)) }
            return endpoint == .commands ? command(fields, delivery) : interaction(fields, delivery)
        }
    }

    private func unsigned(
        _ endpoint: SlackEndpoint,
        _ body: [UInt8],
        _ refusal: WebhookRefusal
    ) -> WebhookAnswer {
        // Slack's probe of the certificate is not signed. It is answered and ends here, whatever else is in it.
        if endpoint != .events, FormFields(body)?["ssl_check"] == "1" { return WebhookAnswer(status: 200, .sslCheck) }
        return WebhookAnswer(status: 401, .badSignature, refusal)
    }

    private func command(_ fields: FormFields, _ delivery: SlackDelivery) -> WebhookMeaning {
        guard let app = fields["api_app_id"], let workspace = fields["team_id"], let name = fields["command"],
            let user = fields["user_id"], let channel = fields["channel_id"]
        else { return .answer(.malformed()) }
        let isOrganisation = fields["is_enterprise_install"] == "true" || fields["enterprise_id"]?.isEmpty == false
        if let stranger = stranger(app: app, workspace: workspace, isOrganisation: isOrganisation) {
            return .answer(stranger.answer)
        }
        guard Self.isID(user), Self.isID(channel) else { return .answer(.malformed()) }
        guard name == settings.command else {
            let sentence = "I only know `\(settings.command)`. Try `\(settings.command) help`."
            return .answer(.privately(sentence, .unknownCommand, .unknownCommand))
        }
        return .command(
            InboundCommand(
                deliveryKey: delivery.key(trigger: fields["trigger_id"]),
                account: Account(platform: SlackSettings.platformName, workspace: workspace, user: user),
                displayName: Self.name(fields["user_name"], or: user),
                channel: Channel(platform: SlackSettings.platformName, workspace: workspace, id: channel),
                isDirect: channel.hasPrefix("D") || fields["channel_name"] == "directmessage",
                text: SlackText.plain(fields["text"] ?? ""),
                typedAt: delivery.signedAt,
                replyHandle: replyHandle(fields["response_url"]),
                request: delivery.request
            )
        )
    }

    /// Returns why a genuine request is not for this app and its workspaces; nil if it is. The signature proves that
    /// Slack sent it to an app with this secret, and not that the workspace is a configured one.
    func stranger(app: String, workspace: String?, isOrganisation: Bool) -> SlackStranger? {
        guard app == settings.appID else { return .app }
        guard !isOrganisation else { return .organisation }
        guard let workspace, settings.workspaces.keys.contains(workspace) else { return .workspace }
        return nil
    }

    /// Returns the address to answer to, if it may be used.
    func replyHandle(_ url: String?) -> String? {
        url.flatMap { SlackResponseURL($0, hosts: settings.responseHosts) }?.text
    }

    /// Returns whether a text is one of Slack's ids: capital letters and digits. Anything else would end up in accounts
    /// and channels.
    static func isID(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= longestID
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) }
    }

    /// The longest id: several times as long as Slack's.
    private static let longestID = 64

    /// Returns a display name, cleaned and cut so that it does not fill a screen. It is decoration.
    static func name(_ name: String?, or id: String) -> String { name.flatMap(CleanText.name) ?? id }
}
