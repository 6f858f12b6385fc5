import BotCore
import CurlHTTP

/// Turns Slack's refusals into ``ChatProblem``. Its texts repeat only Slack's own short error word, so that addresses
/// and tokens stay out of logs.
enum SlackProblem {
    /// The pause when Slack says "too fast" and not for how long.
    static let usualPause = Duration.seconds(5)
    /// The longest pause that is kept, in seconds.
    private static let longestPause = 3600

    /// Returns the reply of a Web API method, if it was carried out.
    static func members(of response: CurlResponse, method: String) throws(ChatProblem) -> JSONValue {
        if let problem = status(response, of: method) { throw problem }
        guard let reply = try? JSONValue(parsing: response.body), let isFine = reply["ok"]?.bool else {
            let isServers = response.status == 200
            let words = "Slack's \(method) answered \(response.status) without JSON that says `ok`."
            throw counted(
                isServers ? .server : .other,
                isServers ? .transient(words) : .permanent("\(words) Check `chat.slack.api_url`.")
            )
        }
        guard isFine else { throw refusal(reply["error"]?.string ?? "", of: method, response) }
        return reply
    }

    /// Checks that a `response_url` took a message. It answers `ok` as plain text.
    static func checkReply(_ response: CurlResponse) throws(ChatProblem) {
        let method = "response_url"
        if let problem = status(response, of: method) { throw problem }
        if let reply = try? JSONValue(parsing: response.body), reply["ok"]?.bool == false {
            throw refusal(reply["error"]?.string ?? "", of: method, response)
        }
        guard (200..<300).contains(response.status) else {
            let error = word(String(decoding: response.body.prefix(longestWord + 1), as: UTF8.self))
            throw counted(
                .replyUsedUp,
                .permanent(
                    "Slack's response_url answered \(response.status)\(error.map { " (\($0))" } ?? ""): it is used up."
                )
            )
        }
    }

    /// Returns the problem that the status alone tells; nil if it tells none.
    private static func status(_ response: CurlResponse, of method: String) -> ChatProblem? {
        switch response.status {
        case 429: counted(.rateLimited, .rateLimited(pause(response)))
        case 500...: counted(.server, .transient("Slack's \(method) answered \(response.status)."))
        default: nil
        }
    }

    private static func pause(_ response: CurlResponse) -> Duration {
        guard let seconds = response.header("Retry-After").flatMap(Int.init), seconds >= 0 else { return usualPause }
        return .seconds(min(max(seconds, 1), longestPause))
    }

    /// Counts the reason of a refusal. Returns the problem.
    private static func counted(_ reason: ChatRefusal, _ problem: ChatProblem) -> ChatProblem {
        Metric.chatRefused.count(SlackSettings.platformName, reason.rawValue)
        return problem
    }

    /// Returns the problem of a refusal with an error word, and counts it.
    private static func refusal(_ error: String, of method: String, _ response: CurlResponse) -> ChatProblem {
        let problem = named(error, of: method, response)
        return counted(reason(error, problem), problem)
    }

    private static func reason(_ error: String, _ problem: ChatProblem) -> ChatRefusal {
        switch (problem, error) {
        case (.rateLimited, _): .rateLimited
        case (.messageGone, _): .messageGone
        case (.transient, _): .server
        case (.cannotPostHere, _): .channel
        case (_, "invalid_auth"), (_, "not_authed"), (_, "account_inactive"), (_, "token_revoked"),
            (_, "token_expired"):
            .credentials
        case (_, "missing_scope"), (_, "no_permission"): .scope
        case (.layoutRefused, _): .message
        case (_, "used_url"), (_, "expired_url"): .replyUsedUp
        default: .other
        }
    }

    private static func named(_ error: String, of method: String, _ response: CurlResponse) -> ChatProblem {
        let words = "Slack's \(method) said \(word(error) ?? "something unreadable")."
        switch error {
        case "ratelimited", "rate_limited": return .rateLimited(pause(response))
        case "message_not_found", "cant_update_message", "edit_window_closed", "is_inactive": return .messageGone
        case "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org",
            "external_channel_migrating":
            return .transient(words)
        default:
            if layoutErrors.contains(error) { return .layoutRefused(words) }
            if let sentence = obstacle(error) { return .cannotPostHere(sentence) }
            return .permanent(advice(error).map { "\(words) \($0)" } ?? words)
        }
    }

    /// Returns a sentence for the people in a channel that says why the bot may not post there; nil for other errors.
    private static func obstacle(_ error: String) -> String? {
        switch error {
        case "not_in_channel": "I am not in this channel. Invite me with `/invite @clusterbot`."
        case "channel_not_found": "I cannot see this channel. Invite me with `/invite @clusterbot`."
        case "user_not_in_channel": "I can say this only to somebody who is in this channel. Join it, then try again."
        case "is_archived": "This channel is archived. Use another one, or take it out of the archive."
        case "messages_tab_disabled":
            "I cannot write to you directly. Ask a Slack administrator to turn on the messages tab of my app."
        case "ekm_access_denied", "not_allowed", "channel_type_not_supported":
            "Slack does not let apps write here. Use another channel, or ask a Slack administrator."
        case _ where error.hasPrefix("restricted_action"):
            "A setting of this workspace does not let me write here. Ask a Slack administrator, or use another channel."
        default: nil
        }
    }

    /// The errors for a message whose layout Slack does not take: a mistake in the renderer, or a new limit.
    private static let layoutErrors: Set = [
        "msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "no_text",
        "invalid_arguments", "invalid_arg_name", "too_many_attachments",
    ]

    /// Returns what those who run the bot can do; nil if nothing is known.
    private static func advice(_ error: String) -> String? {
        switch error {
        case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired":
            "Check the workspace's `bot_token` in the configuration, or install the app again."
        case "missing_scope", "no_permission":
            "Give the app the scopes of the manifest (`chat:write` for posting) and install it again."
        case "used_url", "expired_url": "A `response_url` takes five messages within 30 minutes."
        default: nil
        }
    }

    private static let longestWord = 64

    /// Returns Slack's error if it is written like one of its words; nil for other text.
    private static func word(_ error: String) -> String? {
        let isWord = error.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f }
        return isWord && (1...longestWord).contains(error.utf8.count) ? error : nil
    }
}
