import BotCore

extension SlackReceiver {
    /// A click, or something else that people do with messages and that has no effect here.
    func interaction(_ fields: FormFields, _ delivery: SlackDelivery) -> SlackRequest {
        guard let text = fields["payload"], let payload = StrictJSON.object(Array(text.utf8)),
            let type = payload["type"]?.string, let app = payload["api_app_id"]?.string
        else { return .answer(.malformed) }
        // An app that is installed for a whole organisation gets `"team": null`. Only workspaces can be configured.
        let workspace = payload["team"]?["id"]?.string
        if let refusal = stranger(app: app, workspace: workspace) { return .answer(refusal) }
        guard type == "block_actions" else { return .answer(WebhookAnswer(status: 200, .unsupported)) }
        guard let workspace, let click = click(payload, workspace: workspace, delivery) else {
            return .answer(.malformed)
        }
        return .click(click)
    }

    private func click(_ payload: JSONValue, workspace: String, _ delivery: SlackDelivery) -> InboundClick? {
        guard let user = payload["user"]?["id"]?.string, Self.isID(user),
            let channel = payload["channel"]?["id"]?.string, Self.isID(channel),
            let action = payload["actions"]?.array?.first, let button = action["action_id"]?.string,
            let home = homeWorkspace(of: payload["user"], otherwise: workspace)
        else { return nil }
        return InboundClick(
            deliveryKey: delivery.key(trigger: payload["trigger_id"]?.string),
            account: Account(platform: "slack", workspace: home, user: user),
            displayName: Self.name(payload["user"]?["username"]?.string ?? payload["user"]?["name"]?.string, or: user),
            channel: Channel(platform: "slack", workspace: workspace, id: channel),
            button: button,
            value: action["value"]?.string ?? "",
            clickedAt: delivery.signedAt,
            replyHandle: replyHandle(payload["response_url"]?.string)
        )
    }

    /// In a shared channel people of other organisations can click, too: the workspace that counts is their own.
    private func homeWorkspace(of user: JSONValue?, otherwise workspace: String) -> String? {
        guard let home = user?["team_id"], !home.isNull else { return workspace }
        return home.string.flatMap { Self.isID($0) ? $0 : nil }
    }

    /// The answer to an event. None has an effect yet.
    func event(_ body: [UInt8]) -> WebhookAnswer {
        guard let event = StrictJSON.object(body), let type = event["type"]?.string else { return .malformed }
        guard type == "url_verification" else {
            if let app = event["api_app_id"]?.string,
                let refusal = stranger(app: app, workspace: event["team_id"]?.string)
            {
                return refusal
            }
            return WebhookAnswer(status: 200, .unsupported)
        }
        guard let challenge = event["challenge"]?.string else { return .malformed }
        let answer = JSONValue.object(["challenge": .string(challenge)])
        return WebhookAnswer(
            status: 200,
            contentType: WebhookAnswer.json,
            body: Array(answer.canonical.utf8),
            .urlVerification
        )
    }
}
