import BotCore
import ChatKit
import ConfigurationTree

/// Reads `chat.slack`.
struct SlackSection {
    let section: ChatSection

    private var secrets: SecretReader { section.secrets }

    static let shape = TableShape(
        "`slack`",
        ["app_id", "workspaces", "signing_secrets", "command", "history_channel", "api_url", "response_hosts"]
    )
    static let workspaceShape = TableShape("a workspace", ["bot_token"])

    /// Reads the settings; nil if something is wrong, which is logged.
    func settings() -> SlackSettings? {
        let table = section.table
        let appID = table.required("app_id", "A0001").flatMap { slackID($0, "the app's id, such as `A0001`") }
        let workspaces = table.required("workspaces", "{T0001: {bot_token: {env: SLACK_BOT_TOKEN}}}").flatMap(
            self.workspaces
        )
        let signingSecrets = table.required("signing_secrets", "[{env: SLACK_SIGNING_SECRET}]").flatMap(
            self.signingSecrets
        )
        let command = table.field("command").map(self.command) ?? "/cluster"
        let apiURL = table.field("api_url").map { $0.webAddress("https://slack.com/api/") } ?? "https://slack.com/api"
        let hosts = table.field("response_hosts")?.list("hosts, such as [hooks.slack.com]")?.compactMap {
            $0.hostAndPort("hooks.slack.com")
        }
        let historyField = table.field("history_channel")
        let historyChannel = historyField.flatMap { self.historyChannel($0, workspaces) }
        guard let appID, let workspaces, let signingSecrets, let command, let apiURL else { return nil }
        return SlackSettings(
            appID: appID,
            workspaces: workspaces,
            signingSecrets: signingSecrets,
            command: command,
            historyChannel: historyChannel,
            apiURL: apiURL + "/",
            responseHosts: hosts ?? ["hooks.slack.com"]
        )
    }

    private func slackID(_ field: Field, _ what: String) -> String? {
        guard let text = field.scalar(what) else { return nil }
        guard text.wholeMatch(of: /[A-Z0-9]{2,32}/) != nil else {
            field.problem("\(field.name) must be \(what): capital letters and digits")
            return nil
        }
        return text
    }

    private func workspaces(_ field: Field) -> [String: Secret?]? {
        let example = "{T0001: {bot_token: {env: SLACK_BOT_TOKEN}}}"
        guard let named = field.named("workspaces under their ids, such as \(example)") else { return nil }
        var workspaces: [String: Secret?] = [:]
        var isFine = true
        for (id, field) in named {
            if id.wholeMatch(of: /E[A-Z0-9]{1,31}/) != nil {
                field.log.problem(field.keyPlace, "\(id) is an organisation. \(SlackStranger.organisationsAreLater)")
                isFine = false
            } else if id.wholeMatch(of: /T[A-Z0-9]{1,31}/) == nil {
                field.log.problem(
                    field.keyPlace,
                    "a workspace is named by its id, which begins with `T`: \(example)"
                )
                isFine = false
            }
            // A value in place of the table may be the token itself, so the error names only the place.
            guard
                let table = Field(name: "a workspace", keyPlace: field.keyPlace, node: field.node, log: field.log)
                    .table(
                        Self.workspaceShape
                    )
            else {
                isFine = false
                continue
            }
            var token: Secret?
            if let field = table.field("bot_token") {
                token = secrets.secret(field, .slackBotToken)
                if token == nil { isFine = false }
            }
            workspaces[id] = .some(token)
        }
        return isFine ? workspaces : nil
    }

    private func signingSecrets(_ field: Field) -> [Secret]? {
        guard let elements = field.list("one secret, or two while rotating: [{env: SLACK_SIGNING_SECRET}]") else {
            return nil
        }
        if elements.count > 2 {
            field.problem(
                "`signing_secrets` holds one secret, or two while rotating; remove those that are no longer in use"
            )
        }
        let found = elements.compactMap { secrets.secret($0, .slackSigningSecret) }
        return found.count == elements.count ? found : nil
    }

    private func command(_ field: Field) -> String? {
        let what = "the slash command as it is registered with Slack, such as `/cluster`"
        guard let text = field.text(what, longest: 32) else { return nil }
        guard text.wholeMatch(of: /\/[a-z0-9_-]+/) != nil else {
            field.problem("\(quoted(text)) is not \(what): a slash, then lower-case letters, digits, `_` and `-`")
            return nil
        }
        return text
    }

    /// Reads the history channel. A channel id alone means a channel of the only workspace; with several, the workspace
    /// must be named.
    private func historyChannel(_ field: Field, _ workspaces: [String: Secret?]?) -> Channel? {
        guard let text = field.text("a channel id, such as `C0HISTORY`") else { return nil }
        let channel: Channel?
        if text.contains(":") || section.channelNames.contains(text) {
            channel = section.channel(field)
            if let channel, channel.platform != SlackSettings.platformName {
                field.problem("\(quoted(text)) is a channel of another platform")
                return nil
            }
        } else {
            guard text.wholeMatch(of: /[CG][A-Z0-9]{1,31}/) != nil else {
                field.problem("\(quoted(text)) is not a channel id, such as `C0HISTORY`, nor one of `channels`")
                return nil
            }
            guard let workspaces else { return nil }
            guard let only = workspaces.keys.first, workspaces.count == 1 else {
                field.problem(
                    "with several workspaces it must be clear whose channel this is; write "
                        + "`slack:\(workspaces.keys.min() ?? "T0001")/\(text)`"
                )
                return nil
            }
            channel = Channel(platform: SlackSettings.platformName, workspace: only, id: text)
        }
        guard let channel, let workspaces else { return nil }
        guard let token = workspaces[channel.workspace] else {
            field.problem(
                "the workspace \(quoted(channel.workspace)) is not one of `workspaces`; there is "
                    + "\(listed(workspaces.keys.sorted()))"
            )
            return nil
        }
        guard token != nil else {
            field.problem(
                "nothing can be posted there without a token; add `bot_token` to the workspace "
                    + "\(quoted(channel.workspace))"
            )
            return nil
        }
        return channel
    }
}
