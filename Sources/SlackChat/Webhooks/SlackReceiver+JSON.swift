import BotCore
import ChatKit

extension SlackReceiver {
    /// Decides what an interaction means: a click, or something else that people do with messages and that has no
    /// effect here.
    func interaction(_ fields: FormFields, _ delivery: SlackDelivery) -> WebhookMeaning {
        guard let text = fields["payload"], let payload = StrictJSON.object(Array(text.utf8)),
            let type = payload["type"]?.string, let app = payload["api_app_id"]?.string
        else { return .answer(.malformed()) }
        // An app that is installed for a whole organisation gets `"team": null`. Only workspaces can be configured.
        let workspace = payload["team"]?["id"]?.string
        let isClick = type == "block_actions"
        let handle = replyHandle(payload["response_url"]?.string)
        let isOrganisation =
            payload["is_enterprise_install"]?.bool == true || payload["enterprise"]?["id"]?.string != nil
        if let stranger = stranger(app: app, workspace: workspace, isOrganisation: isOrganisation) {
            return .answer(isClick ? stranger.answer(through: handle) : stranger.answer)
        }
        guard isClick else { return .answer(WebhookAnswer(status: 200, .unsupported)) }
        guard let workspace else { return .answer(.malformed()) }
        return click(payload, workspace: workspace, handle, delivery)
    }

    private func click(
        _ payload: JSONValue,
        workspace: String,
        _ handle: String?,
        _ delivery: SlackDelivery
    ) -> WebhookMeaning {
        guard let user = payload["user"]?["id"]?.string, Self.isID(user),
            let channel = channel(of: payload), Self.isID(channel),
            let action = payload["actions"]?.array?.first, let button = action["action_id"]?.string
        else { return .answer(unreadable(handle)) }
        // In a shared channel people of other organisations can click, too, and their own workspace identifies them.
        // Slack always names it; if it does not, nobody knows who clicked.
        guard let home = payload["user"]?["team_id"], !home.isNull else {
            let sentence =
                "Slack did not say which workspace you belong to, so your click does not count. Nothing was done. "
                + "Type the command instead: `\(settings.command) help`."
            return .answer(.toClicker(sentence, through: handle, .malformed, .malformed))
        }
        guard let home = home.string, Self.isID(home) else { return .answer(unreadable(handle)) }
        return .click(
            InboundClick(
                deliveryKey: delivery.key(trigger: payload["trigger_id"]?.string),
                account: Account(platform: SlackSettings.platformName, workspace: home, user: user),
                displayName: Self.name(
                    payload["user"]?["username"]?.string ?? payload["user"]?["name"]?.string,
                    or: user
                ),
                channel: Channel(platform: SlackSettings.platformName, workspace: workspace, id: channel),
                button: button,
                value: action["value"]?.string ?? "",
                clickedAt: delivery.signedAt,
                replyHandle: handle,
                request: delivery.request
            )
        )
    }

    /// Returns the channel of the clicked message. Slack leaves `channel` out at times, and names it in `container`
    /// then.
    private func channel(of payload: JSONValue) -> String? {
        guard let channel = payload["channel"], !channel.isNull else {
            return payload["container"]?["channel_id"]?.string
        }
        return channel["id"]?.string
    }

    /// Returns the answer to a click without the parts that every click has.
    private func unreadable(_ handle: String?) -> WebhookAnswer {
        .malformed(
            told: handle.map {
                WebhookAnswer.Told(
                    sentence: "I could not read that click, so nothing was done. Type the command instead: "
                        + "`\(settings.command) help`.",
                    handle: $0
                )
            }
        )
    }

    /// Returns the answer to an event. None has an effect yet.
    func event(_ body: [UInt8]) -> WebhookAnswer {
        guard let event = StrictJSON.object(body), let type = event["type"]?.string else { return .malformed() }
        guard type == "url_verification" else {
            if let app = event["api_app_id"]?.string,
                let stranger = stranger(
                    app: app,
                    workspace: event["team_id"]?.string,
                    isOrganisation: event["enterprise_id"]?.string != nil
                )
            {
                return stranger.answer
            }
            return WebhookAnswer(status: 200, .unsupported)
        }
        guard let challenge = event["challenge"]?.string else { return .malformed() }
        let answer = JSONValue.object(["challenge": .string(challenge)])
        return WebhookAnswer(
            status: 200,
            contentType: WebhookAnswer.json,
            body: Array(answer.canonical.utf8),
            .urlVerification
        )
    }
}
