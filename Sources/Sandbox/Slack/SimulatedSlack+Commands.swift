import CurlHTTP
import FoundationEssentials

extension SimulatedSlack {
    /// A person types a line into a channel and sends it.
    ///
    /// A slash command makes Slack call the app; the result is what came of that, when the app's time is over. Every
    /// other line is a message of that person, and there is no result.
    ///
    /// - Throws: ``SlackUserError`` for what the user interface would not offer.
    @discardableResult
    package func send(_ line: String, as user: String, in channel: String) async throws -> SimulatedSlackDelivery? {
        let (person, place) = try whoAndWhere(user, channel)
        guard line.contains(where: { !$0.isWhitespace }) else { throw SlackUserError.emptyText }
        guard line.hasPrefix("/") else {
            keep(
                SlackMessage(
                    channel: channel,
                    ts: nextTS(),
                    kind: .message,
                    author: user,
                    visibleTo: nil,
                    text: SimulatedSlackText.escaped(line, in: workspace)
                )
            )
            return nil
        }
        let command = String(line.prefix { $0 != " " && $0 != "\n" })
        let typed = SlackMessage(
            channel: channel,
            ts: nextTS(),
            kind: .command,
            author: user,
            visibleTo: user,
            text: line
        )
        keep(typed)
        // Slash commands exist for members of the workspace that installed the app, and for nobody else.
        guard command == workspace.command, person.teamID == workspace.teamID else {
            notice(
                "\(command) is not a valid command. In Slack, all messages that start with \"/\" are commands.",
                user,
                channel
            )
            return nil
        }
        guard let url = workspace.commandURL else {
            notice(failed("dispatch_failed"), user, channel)
            return nil
        }
        let rest = line.dropFirst(command.count).drop { $0 == " " }
        let text = SimulatedSlackText.escaped(String(rest), in: workspace)
        let hook = await makeHook(for: .command, user: user, channel: channel, original: nil)
        let body = FormCoding.encode([
            ("token", workspace.verificationToken), ("team_id", workspace.teamID),
            ("team_domain", workspace.teamDomain),
            ("channel_id", channel), ("channel_name", channelName(place)), ("user_id", user),
            ("user_name", person.name),
            ("command", command), ("text", text), ("api_app_id", workspace.appID), ("is_enterprise_install", "false"),
            ("response_url", hook), ("trigger_id", makeTriggerID()),
        ])
        let (delivery, response) = await deliver(body, kind: .command, to: url, user: user, channel: channel)
        return show(delivery, response, to: typed, hook: hook)
    }

    /// Finds the person and the channel, if that person may write there.
    func whoAndWhere(
        _ user: String,
        _ channel: String
    ) throws(SlackUserError) -> (SlackWorkspace.Person, SlackWorkspace.Channel) {
        guard let person = workspace.person(user) else { throw .noSuchPerson(user) }
        guard let place = state.channel(channel) else { throw .noSuchChannel(channel) }
        guard place.members.contains(user) else { throw .notInChannel(channel) }
        guard !place.isArchived else { throw .channelIsArchived(channel) }
        return (person, place)
    }

    func makeTriggerID() -> String {
        var generator = SystemRandomNumberGenerator()
        return "\(nextNumber()).\(Int(now.timeIntervalSince1970)).\(String(generator.next() as UInt64, radix: 16))"
    }

    func channelName(_ channel: SlackWorkspace.Channel) -> String {
        channel.isDirect ? "directmessage" : channel.isPrivate ? "privategroup" : channel.name
    }

    /// One signed request to the app, written down before and after.
    func deliver(
        _ form: String,
        kind: SimulatedSlackDelivery.Kind,
        to url: String,
        user: String,
        channel: String
    ) async -> (SimulatedSlackDelivery, CurlResponse?) {
        let body = Array(form.utf8)
        let signed = signedHeaders(for: body, at: now)
        var delivery = SimulatedSlackDelivery(
            number: state.deliveries.count + 1,
            at: now,
            kind: kind,
            url: url,
            user: user,
            channel: channel,
            body: form,
            timestamp: signed[0].value,
            signature: signed[1].value
        )
        keep(delivery)
        let headers: [(name: String, value: String)] = [
            ("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json,*/*"),
            ("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)"),
        ]
        let began = ContinuousClock.now
        let outcome = await connection.post(body, to: url, headers: headers + signed, within: workspace.answerWithin)
        delivery.milliseconds = Int((ContinuousClock.now - began) / .milliseconds(1))
        var response: CurlResponse?
        switch outcome {
        case .answered(let answer):
            response = answer
            delivery.status = answer.status
            delivery.reply = String(decoding: answer.body, as: UTF8.self)
            if answer.status != 200 { delivery.failure = "dispatch_failed" }
        case .timedOut:
            delivery.failure = "operation_timeout"
        case .failed:
            delivery.failure = "dispatch_failed"
        }
        keep(delivery)
        return (delivery, response)
    }

    /// Shows the person what came of their command.
    private func show(
        _ delivery: SimulatedSlackDelivery,
        _ response: CurlResponse?,
        to typed: SlackMessage,
        hook: String
    ) -> SimulatedSlackDelivery {
        var delivery = delivery
        if delivery.failure == nil, let response, !response.body.isEmpty, !showReply(response, to: typed, hook: hook) {
            delivery.failure = "invalid_command_response"
            keep(delivery)
        }
        if let failure = delivery.failure { notice(failed(failure), typed.author, typed.channel) }
        return delivery
    }

    /// False if the reply is none that Slack understands.
    private func showReply(_ response: CurlResponse, to typed: SlackMessage, hook: String) -> Bool {
        var body: SandboxJSON = ["text": .string(String(decoding: response.body, as: UTF8.self))]
        if (response.header("Content-Type") ?? "").lowercased().hasPrefix("application/json") {
            guard let parsed = SandboxJSON(parsing: response.body), let members = parsed.object else { return false }
            if members.isEmpty { return true }
            body = parsed
        }
        guard case .success(let content) = content(text: body["text"]?.string, blocks: body["blocks"]) else {
            return false
        }
        let isPublic = body["response_type"] == "in_channel"
        if isPublic {
            var shown = typed
            shown.visibleTo = nil
            keep(shown)
        }
        let message = newMessage(content, in: typed.channel, visibleTo: isPublic ? nil : typed.author)
        let path = hook.firstRange(of: "/hooks/").map { String(hook[$0.lowerBound...]) }
        if let path, var used = state.hooks[path], used.original == nil {
            used.original = message.ts
            keep(used)
        }
        return true
    }

    private func failed(_ word: String) -> String { "\(workspace.command) failed with the error \"\(word)\"" }

    /// Slack's own words to one person.
    private func notice(_ text: String, _ user: String, _ channel: String) {
        keep(
            SlackMessage(
                channel: channel,
                ts: nextTS(),
                kind: .notice,
                author: "USLACKBOT",
                visibleTo: user,
                text: SimulatedSlackText.entities(text)
            )
        )
    }
}
