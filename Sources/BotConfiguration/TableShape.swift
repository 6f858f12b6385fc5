/// Which keys may stand in one kind of table. A key that is not here is an error.
struct TableShape {
    /// What the table is, after "keys of": `the configuration`, `a cluster`.
    let title: String
    let keys: [String]
    /// Keys that will mean something one day. They are refused by name, because a rule that is ignored is a hole.
    let later: Set<String>

    init(_ title: String, _ keys: [String], later: Set<String> = []) {
        self.title = title
        self.keys = keys
        self.later = later
    }
}

extension TableShape {
    static let top = TableShape(
        "the configuration",
        [
            "server", "store", "limits", "cluster_api", "projects", "labels", "clusters", "people", "groups",
            "channels",
            "destructive",
            "policy", "approval_default", "chat", "contact",
        ],
        later: ["include", "require", "unlisted_approvers", "freeze", "freezes", "lock", "locks", "emergency"]
    )
    static let server = TableShape("`server`", ["listen", "private_listen", "public_url"])
    static let clusterAPI = TableShape(
        "`cluster_api`",
        ["base_url", "locations", "ip_types", "timeouts", "read_back", "reconcile", "statuses"]
    )
    static let timeouts = TableShape("`timeouts`", ["connect", "total"])
    static let reconcile = TableShape("`reconcile`", ["after", "every", "give_up"])
    static let statuses = TableShape("`statuses`", ["busy", "down"])
    static let limits = TableShape("`limits`", ["open_changes", "requests_per_minute"])
    static let project = TableShape(
        "a project",
        ["project_id", "location", "active_iam", "api_key", "token", "token_ends"]
    )
    static let cluster = TableShape("a cluster", ["id", "name", "project", "labels"])
    static let person = TableShape("a person", ["name", "accounts"])
    static let group = TableShape("a group", ["people", "groups"], later: ["slack_usergroups"])
    static let rule = TableShape(
        "a rule",
        ["name", "allow", "forbid", "who", "clusters", "in", "limits", "values", "needs"],
        later: ruleLater
    )
    /// Entries of `policy` that are no rules yet.
    static let ruleLater: Set<String> = ["include", "require", "unlisted_approvers"]
    static let selector = TableShape("`clusters` of a rule", ["ids", "names", "labels"])
    static let needs = TableShape("`needs`", ["approvals", "within", "valid"])
    static let approvalDefault = TableShape("`approval_default`", needs.keys)
    static let approval = TableShape("an entry of `approvals`", ["from", "count"])
    static let chat = TableShape("`chat`", ["slack"], later: laterPlatforms)
    static let slack = TableShape(
        "`slack`",
        ["app_id", "workspaces", "signing_secrets", "command", "history_channel", "api_url", "response_hosts"]
    )
    static let workspace = TableShape("a workspace", ["bot_token"])

    /// All of them, so that a test can ask whether the sample shows every key.
    static let all = [
        top, server, limits, clusterAPI, timeouts, reconcile, statuses, project, cluster, person, group, rule, selector,
        needs,
        approvalDefault,
        approval, chat, slack, workspace,
    ]

    /// Chat platforms that will follow.
    static let laterPlatforms: Set<String> = [
        "discord", "google_chat", "googlechat", "irc", "matrix", "mattermost", "msteams", "rocketchat", "signal",
        "teams",
        "telegram", "webex", "whatsapp", "xmpp", "zulip",
    ]
}
