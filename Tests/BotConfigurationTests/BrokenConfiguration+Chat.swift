extension BrokenConfiguration {
    /// Mistakes in `chat`.
    static let chat: [Self] = [
        Self("chat", "chat: ¦{}", "names no platform"),
        Self("chat", "chat: {¦slak: {}, slack: {\(good)}}", "did you mean `slack`?"),
        slack(
            "workspaces: {T0001: {bot_token: {env: BOT}}}, signing_secrets: [{env: SIGN}]",
            "the key `app_id` is missing"
        ),
        slack("app_id: ¦my app, workspaces: {T0001: {}}, signing_secrets: [{env: SIGN}]", "capital letters and digits"),
        slack("app_id: A1, workspaces: ¦{}, signing_secrets: [{env: SIGN}]", "is empty"),
        slack("app_id: A1, workspaces: {T0001: ¦canary}, signing_secrets: [{env: SIGN}]", "must hold keys with values"),
        slack(
            "app_id: A1, workspaces: {T0001: {bot_token: ¦canary}}, signing_secrets: [{env: SIGN}]",
            "a secret itself never stands"
        ),
        slack(
            "app_id: A1, workspaces: {T0001: {¦token: canary}}, signing_secrets: [{env: SIGN}]",
            "unknown key `token`"
        ),
        slack("app_id: A1, workspaces: {¦acme: {}}, signing_secrets: [{env: SIGN}]", "begins with `T`"),
        slack(
            "app_id: A1, workspaces: {¦E0001: {}}, signing_secrets: [{env: SIGN}]",
            "Enterprise Grid is not supported yet"
        ),
        slack("app_id: A1, workspaces: {T0001: {}}", "the key `signing_secrets` is missing"),
        slack("app_id: A1, workspaces: {T0001: {}}, signing_secrets: ¦canary", "must be a list"),
        slack("app_id: A1, workspaces: {T0001: {}}, signing_secrets: ¦[]", "is empty"),
        slack("app_id: A1, workspaces: {T0001: {}}, signing_secrets: [¦canary]", "`{env: NAME}` or `{file: PATH}`"),
        slack(
            "app_id: A1, workspaces: {T0001: {}}, signing_secrets: ¦[{env: SIGN}, {env: SIGN2}, {env: SIGN}]",
            "two while rotating"
        ),
        slack("app_id: A1, workspaces: {T0001: {}}, signing_secrets: [{env: ¦QUOTED_SIGN}]", "quotation marks"),
        slack("app_id: A1, workspaces: {T0001: {}}, signing_secrets: [{env: ¦KEY}]", "32 digits, 0-9 and a-f"),
        slack(
            "app_id: A1, workspaces: {T0001: {bot_token: {env: ¦SIGN}}}, signing_secrets: [{env: SIGN}]",
            "`xoxb-`"
        ),
        slack("\(good), command: ¦cluster", "a slash, then lower-case letters"),
        slack("\(good), command: ¦/Cluster", "a slash, then lower-case letters"),
        slack("\(good), api_url: ¦http://slack.example.com/api/", "only for this machine itself"),
        slack("\(good), response_hosts: [¦https://hooks.slack.com]", "without `https://`"),
        slack("\(good), response_hosts: ¦[]", "is empty"),
        slack("\(good), history_channel: ¦\"#history\"", "is not a channel id"),
        slack("\(good), history_channel: ¦slack:T0002/C0HISTORY", "is not one of `workspaces`"),
        slack(
            "app_id: A1, workspaces: {T0001: {bot_token: {env: BOT}}, T0002: {}}, signing_secrets: [{env: SIGN}], history_channel: ¦C0HISTORY",
            "write `slack:T0001/C0HISTORY`"
        ),
        slack(
            "app_id: A1, workspaces: {T0001: {}}, signing_secrets: [{env: SIGN}], history_channel: ¦C0HISTORY",
            "without a token"
        ),
    ]

    /// Keys that "Guarantees" in the handbook names for later.
    static let notYet: [Self] = [
        Self("contact", "¦require: {approvals: [{from: leads}]}", "`require` is not supported yet"),
        Self("store", "store: ¦postgres://bot:canary@db/clusterbot", "not supported yet"),
        Self("store", "store: ¦postgresql://bot:canary@db/clusterbot", "not supported yet"),
        Self("chat", "chat: {slack: {\(good)}, ¦matrix: {homeserver: x}}", "`matrix` is not supported yet"),
        Self("chat", "chat: {¦mattermost: {}}", "`mattermost` is not supported yet"),
        Self(
            "channels",
            "channels: {ops: \"slack:T0001/C0OPS\", town: ¦\"mattermost:a/b\"}",
            "`mattermost` is not supported yet"
        ),
        Self(
            "people",
            "people:\n  - {name: amy, accounts: [¦\"matrix:example.org/amy\"]}",
            "`matrix` is not supported yet"
        ).alone,
        rule("{name: a, allow: [¦emergency], who: [engineers]}", "the right `emergency` is not supported yet"),
    ]

    private static let good =
        "app_id: A0001, workspaces: {T0001: {bot_token: {env: BOT}}}, signing_secrets: [{env: SIGN}]"

    private static func slack(_ keys: String, _ message: String) -> Self {
        // A missing key is reported where the table begins.
        keys.contains("¦")
            ? Self("chat", "chat: {slack: {\(keys)}}", message) : Self("chat", "chat: {slack: ¦{\(keys)}}", message)
    }

    /// The same without groups and rules that speak of people who are not there.
    private var alone: Self {
        Self(
            "whole",
            Fixture.text([section: fragment, "groups": "", "policy": "policy: []", "approval_default": ""]),
            message
        )
    }
}
