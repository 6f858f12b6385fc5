import BotCore
import CurlHTTP

/// Posts and edits messages in Slack: through the Web API if there is a bot token for the workspace, else through the
/// `response_url` of the command.
///
/// A `response_url` cannot edit a message that everybody sees, so without a token an update is a further message. Slack
/// takes five of them within half an hour.
package struct SlackPoster: ChatPlatform {
    /// The id of every message that was posted through a `response_url`: Slack returns none.
    package static let replyMessageID = "response_url"

    let settings: SlackSettings
    let transport: any HTTPTransport
    let clock: any BotClock
    private let uses: SlackReplyUses
    let addresses = SlackAddresses()

    package init(settings: SlackSettings, transport: any HTTPTransport, clock: any BotClock) {
        self.settings = settings
        self.transport = transport
        self.clock = clock
        uses = SlackReplyUses(clock: clock)
    }

    package var historyChannel: Channel? { settings.historyChannel }

    /// Returns the features of Slack. Only with a bot token messages can be edited; Slack allows about one new message
    /// a second and channel.
    package func features(in channel: Channel) -> ChatFeatures {
        let hasToken = settings.workspaces[channel.workspace].flatMap(\.self) != nil
        return ChatFeatures(edits: hasToken, buttons: true, privateAnswers: true, pace: .seconds(1))
    }

    package func post(_ message: Message, to address: PostAddress) async throws(ChatProblem) -> String {
        guard let token = try token(for: address.channel) else {
            try await reply(message, at: address, isPrivate: false)
            return Self.replyMessageID
        }
        var members = members(of: message, in: address.channel)
        members["unfurl_links"] = .bool(false)
        members["unfurl_media"] = .bool(false)
        members["metadata"] = message.head.map(SlackHead.metadata)
        let reply = try await call("chat.postMessage", members, token: token, sending: .single)
        guard let id = reply["ts"]?.string, !id.isEmpty else {
            throw .transient("Slack's chat.postMessage did not say which message it posted.")
        }
        return id
    }

    package func update(_ message: Message, id: String, at address: PostAddress) async throws(ChatProblem) {
        guard id != Self.replyMessageID, let token = try token(for: address.channel) else {
            return try await reply(message, at: address, isPrivate: false)
        }
        var members = members(of: message, in: address.channel)
        members["ts"] = .string(id)
        // An edit that is sent twice is the same edit.
        _ = try await call("chat.update", members, token: token, sending: .repeatable)
    }

    package func remove(id: String, at address: PostAddress) async throws(ChatProblem) {
        guard id != Self.replyMessageID, let token = try token(for: address.channel) else { return }
        do throws(ChatProblem) {
            let message = ["channel": JSONValue.string(address.channel.id), "ts": .string(id)]
            _ = try await call("chat.delete", message, token: token, sending: .repeatable)
        } catch {
            if case .messageGone = error { return }
            throw error
        }
    }

    /// Tells somebody something through the `response_url` if there is one: it works in channels that the bot is not
    /// in. Otherwise, or when it is used up, it posts an ephemeral message.
    package func tell(_ account: Account, _ message: Message, at address: PostAddress) async throws(ChatProblem) {
        let token = try token(for: address.channel)
        if address.replyHandle != nil {
            do throws(ChatProblem) {
                return try await reply(message, at: address, isPrivate: true)
            } catch {
                guard token != nil, case .permanent = error else { throw error }
            }
        }
        guard let token else { throw Self.noWay(to: address.channel) }
        guard account.platform == SlackSettings.platformName else {
            throw .permanent("Only Slack accounts can be told something in Slack.")
        }
        var members = members(of: message, in: address.channel)
        members["user"] = .string(account.user)
        _ = try await call("chat.postEphemeral", members, token: token, sending: .single)
    }

    /// Returns the token of the channel's workspace; nil if the workspace is configured without one.
    private func token(for channel: Channel) throws(ChatProblem) -> Secret? {
        guard channel.platform == SlackSettings.platformName, let token = settings.workspaces[channel.workspace] else {
            throw .permanent("The channel \(channel) is in no workspace of `chat.slack.workspaces`.")
        }
        return token
    }

    private func members(of message: Message, in channel: Channel) -> [String: JSONValue] {
        var members = SlackRenderer(workspace: channel.workspace).members(of: message)
        members["channel"] = .string(channel.id)
        return members
    }

    private func reply(_ message: Message, at address: PostAddress, isPrivate: Bool) async throws(ChatProblem) {
        guard let handle = address.replyHandle else { throw Self.noWay(to: address.channel) }
        // It was checked when it came in, but the configuration may have changed since.
        guard let url = SlackResponseURL(handle, hosts: settings.responseHosts) else {
            throw .permanent("The request's response_url is not of a host in `chat.slack.response_hosts`.")
        }
        guard await uses.take(url) else {
            throw .permanent("The request's response_url is used up: it takes five messages within 30 minutes.")
        }
        var members = SlackRenderer(workspace: address.channel.workspace).members(of: message)
        members["response_type"] = .string(isPrivate ? "ephemeral" : "in_channel")
        members["replace_original"] = .bool(false)
        let request = slackRequest(url.text, .object(members), token: nil, sending: .single, isLoopback: url.isLoopback)
        let response: CurlResponse
        do throws(TransportError) {
            response = try await exchange(request, Self.replyMethod)
        } catch {
            if error.delivery == .notSent { await uses.giveBack(url) }
            throw .transient("Slack's response_url: \(error.description)")
        }
        try SlackProblem.checkReply(response)
    }

    private static func noWay(to channel: Channel) -> ChatProblem {
        .cannotPostHere(
            "I have no token for this workspace and can only answer to commands that are typed here. "
                + "Ask whoever runs me to give `chat.slack.workspaces.\(channel.workspace)` a `bot_token`."
        )
    }
}
