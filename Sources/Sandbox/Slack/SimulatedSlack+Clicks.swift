extension SimulatedSlack {
    /// A person clicks a button (and agrees to its confirmation, if it asks for one).
    ///
    /// - Parameters:
    ///   - actionID: the button's `action_id`; with several alike, `value` says which.
    ///   - ts: the message's.
    /// - Returns: what came of the request to the app, when the app's time is over.
    /// - Throws: ``SlackUserError`` for what the user interface would not offer.
    @discardableResult
    package func click(
        _ actionID: String,
        value: String? = nil,
        on ts: String,
        in channel: String,
        as user: String
    ) async throws -> SimulatedSlackDelivery {
        let (person, place) = try whoAndWhere(user, channel)
        guard let message = state.message(ts, in: channel), (message.visibleTo ?? user) == user else {
            throw SlackUserError.noSuchMessage(ts)
        }
        let button = message.buttons.first {
            $0["action_id"]?.string == actionID && (value == nil || $0["value"]?.string == value)
        }
        guard let button else { throw SlackUserError.noSuchButton(actionID) }
        let hook = await makeHook(for: .click, user: user, channel: channel, original: ts)
        let payload = payload(for: button, on: message, by: person, in: place, hook: hook)
        let body = FormCoding.encode([("payload", payload.text)])
        let url = workspace.interactionURL ?? "http://127.0.0.1:0/"
        let (delivery, _) = await deliver(body, kind: .click, to: url, user: user, channel: channel)
        warn(user, about: delivery, on: ts, in: channel)
        return delivery
    }

    private func payload(
        for button: SandboxJSON,
        on message: SlackMessage,
        by person: SlackWorkspace.Person,
        in place: SlackWorkspace.Channel,
        hook: String
    ) -> SandboxJSON {
        var action: SandboxJSON = [
            "type": "button", "action_id": button["action_id"] ?? nil, "block_id": button["block_id"] ?? nil,
            "text": button["text"] ?? nil, "action_ts": .string(nextTS()),
        ]
        action["value"] = button["value"]
        action["style"] = button["style"]
        let isEphemeral = message.visibleTo != nil
        var payload: SandboxJSON = [
            "type": "block_actions",
            "user": [
                "id": .string(person.id), "username": .string(person.name), "name": .string(person.name),
                "team_id": .string(person.teamID),
            ],
            "api_app_id": .string(workspace.appID),
            "token": .string(workspace.verificationToken),
            "container": [
                "type": "message", "message_ts": .string(message.ts), "channel_id": .string(place.id),
                "is_ephemeral": .bool(isEphemeral),
            ],
            "trigger_id": .string(makeTriggerID()),
            "team": ["id": .string(workspace.teamID), "domain": .string(workspace.teamDomain)],
            "enterprise": nil,
            "is_enterprise_install": false,
            "channel": ["id": .string(place.id), "name": .string(channelName(place))],
            "state": ["values": [:]],
            "response_url": .string(hook),
            "actions": [action],
        ]
        if !isEphemeral { payload["message"] = object(message) }
        return payload
    }

    /// Shows what Slack says beside the button when the app does not take the click.
    private func warn(_ user: String, about delivery: SimulatedSlackDelivery, on ts: String, in channel: String) {
        guard var message = state.message(ts, in: channel) else { return }
        let warning: String? =
            switch (delivery.failure, delivery.status) {
            case (nil, _): nil
            case (_, let status?): "This app responded with Status Code \(status)."
            default: "This app is not responding. Please try again in a few moments."
            }
        guard message.warnings[user] != warning else { return }
        message.warnings[user] = warning
        keep(message)
    }
}
