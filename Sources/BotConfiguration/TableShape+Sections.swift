import ChatKit
import ConfigurationTree

extension TableShape {
    static let top = TableShape(
        "the configuration",
        [
            "server", "store", "limits", "egress", "cluster_api", "projects", "labels", "clusters", "people", "groups",
            "channels", "destructive", "policy", "approval_default", "reason", "freezes", "include",
            "unlisted_approvers",
            "chat", "contact",
        ],
        later: ["require", "emergency", "stand_ins"]
    )
    static let server = TableShape("`server`", ["listen", "private_listen", "public_url", "zone", "socket"])
    static let socket = TableShape("`server.socket`", ["path", "group", "host", "channel", "approvals"])
    static let clusterAPI = TableShape(
        "`cluster_api`",
        ["base_url", "locations", "ip_types", "timeouts", "read_back", "reconcile", "statuses"]
    )
    static let timeouts = TableShape("`timeouts`", ["connect", "total"])
    static let reconcile = TableShape("`reconcile`", ["after", "every", "give_up"])
    static let statuses = TableShape("`statuses`", ["busy", "down"])
    static let egress = TableShape("`egress`", ["proxy", "no_proxy", "ca_file"])
    static let limits = TableShape("`limits`", ["open_changes", "requests_per_minute"])
    static let project = TableShape(
        "a project",
        ["project_id", "location", "active_iam", "api_key", "token", "token_ends"]
    )
    static let cluster = TableShape("a cluster", ["id", "name", "project", "labels"])
    static let person = TableShape("a person", ["name", "accounts"])
    static let rule = TableShape(
        "a rule",
        ["name", "allow", "forbid", "require", "actions", "who", "clusters", "in", "limits", "values", "needs"],
        later: ruleLater
    )
    /// The entries of `policy` that are no rules yet.
    static let ruleLater: Set<String> = ["emergency"]
    static let included = TableShape("an included file", ["policy"])
    static let reason = TableShape("`reason`", ["required", "pattern"])
    static let require = TableShape("`require`", ["approvals", "within", "valid"])
    static let freeze = TableShape("a freeze", ["name", "from", "to", "zone", "clusters", "except"])
    static let exceptions = TableShape("`except` of a freeze", ["who", "actions"])
    static let selector = TableShape("`clusters` of a rule", ["ids", "names", "labels"])
    static let needs = TableShape("`needs`", ["approvals", "within", "valid"])
    static let approvalDefault = TableShape("`approval_default`", needs.keys)
    static let approval = TableShape("an entry of `approvals`", ["from", "count", "then"])
    static let then = TableShape("`then`", ["after", "from"])
    static let ask = TableShape("`ask` of a group", ["in", "mention"])
    static let quiet = TableShape("`quiet` of a group", ["from", "to", "zone"])

    /// Returns the shape of a group, with the platforms' own keys.
    static func group(_ platforms: [any ChatModule]) -> TableShape {
        TableShape(
            "a group",
            ["people", "groups", "ask", "quiet"] + platforms.compactMap(\.userGroupsKey),
            later: Set(platforms.flatMap(\.laterGroupKeys))
        )
    }

    /// Returns the shape of `chat`, which has a section for each platform.
    static func chat(_ platforms: [any ChatModule]) -> TableShape {
        TableShape("`chat`", platforms.filter(\.hasChannels).map(\.name), later: laterPlatforms)
    }

    /// Returns all shapes, so that a test can check whether the sample shows every key.
    static func all(_ platforms: [any ChatModule]) -> [TableShape] {
        [
            top, server, socket, limits, egress, clusterAPI, timeouts, reconcile, statuses, project, cluster, person,
            group(platforms), ask, quiet,
            rule, require, reason, freeze, exceptions, selector, needs, approvalDefault, approval, then,
            chat(platforms),
        ] + platforms.filter(\.hasChannels).flatMap { [$0.section] + $0.innerSections }
    }

    /// The chat platforms of later versions.
    static let laterPlatforms: Set<String> = [
        "discord", "google_chat", "googlechat", "irc", "matrix", "mattermost", "msteams", "rocketchat", "signal",
        "teams",
        "telegram", "webex", "whatsapp", "xmpp", "zulip",
    ]
}
