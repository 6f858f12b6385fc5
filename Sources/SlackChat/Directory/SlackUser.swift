import BotCore

/// An account as `users.info` and `users.list` show it, as far as it matters for rights.
struct SlackUser {
    let id: String
    private let workspaces: Set<String>
    /// Whether Slack says of each that it is not so: what it does not say may be so.
    private let isFullMember: Bool

    init?(_ user: JSONValue) {
        guard let id = user["id"]?.string, SlackReceiver.isID(id) else { return nil }
        self.id = id
        // In an organisation an account belongs to several workspaces.
        let others = user["enterprise_user"]?["teams"]?.array?.compactMap(\.string) ?? []
        workspaces = Set([user["team_id"]?.string].compactMap(\.self) + others)
        let flags = ["deleted", "is_bot", "is_restricted", "is_ultra_restricted"]
        isFullMember = flags.allSatisfy { user[$0]?.bool == false } && user["is_stranger"]?.bool != true
    }

    /// Whether it counts as a member of a workspace's user groups.
    func counts(in workspace: String) -> Bool { isFullMember && workspaces.contains(workspace) && id != "USLACKBOT" }
}
