import FoundationEssentials

extension SimulatedSlack {
    func authTest() -> SlackResult {
        .ok([
            "url": .string("https://\(workspace.teamDomain).slack.com/"), "team": .string(workspace.teamDomain),
            "user": .string(workspace.botName), "team_id": .string(workspace.teamID),
            "user_id": .string(workspace.botUserID), "bot_id": .string(workspace.botID), "is_enterprise_install": false,
        ])
    }

    func usersInfo(_ arguments: SlackArguments) -> SlackResult {
        guard let id = arguments.string("user") else { return .error("user_not_found") }
        if id == workspace.botUserID { return .ok(["user": object(me)]) }
        guard let person = workspace.person(id) else { return .error("user_not_found") }
        return .ok(["user": object(person)])
    }

    /// One page of all accounts. The cursor says behind whom the next page begins; an empty one ends the list.
    func usersList(_ arguments: SlackArguments) -> SlackResult {
        let all = [me] + workspace.people.filter { $0.teamID == workspace.teamID }
        var start = 0
        if let cursor = arguments.string("cursor") {
            guard let behind = Self.userID(ofCursor: cursor), let index = all.firstIndex(where: { $0.id == behind })
            else {
                return .error("invalid_cursor")
            }
            start = index + 1
        }
        guard let limit = arguments.string("limit").map(Int.init) ?? 1000, (1...1000).contains(limit) else {
            return .error("invalid_limit")
        }
        let page = all[start...].prefix(min(limit, workspace.mostUsersOnPage))
        let isLast = start + page.count == all.count
        let cursor = isLast ? "" : page.last.map { Self.cursor(behind: $0.id) } ?? ""
        return .ok([
            "members": .array(page.map(object)), "cache_ts": 1_700_000_000,
            "response_metadata": ["next_cursor": .string(cursor)],
        ])
    }

    private static func cursor(behind id: String) -> String { Data("user:\(id)".utf8).base64EncodedString() }

    private static func userID(ofCursor cursor: String) -> String? {
        guard let data = Data(base64Encoded: cursor) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        return text.hasPrefix("user:") ? String(text.dropFirst("user:".count)) : nil
    }

    /// The app's own account.
    private var me: SlackWorkspace.Person {
        SlackWorkspace.Person(
            id: workspace.botUserID,
            name: workspace.botName,
            realName: workspace.botName,
            title: "",
            teamID: workspace.teamID,
            kind: .bot
        )
    }

    func conversationsInfo(_ arguments: SlackArguments) -> SlackResult {
        guard let id = arguments.string("channel"), let channel = state.channel(id) else {
            return .error("channel_not_found")
        }
        guard channel.isDirect || workspace.scopes.contains(channel.isPrivate ? "groups:read" : "channels:read") else {
            return .error("missing_scope")
        }
        let isMember = channel.members.contains(workspace.botUserID)
        guard isMember || !channel.isPrivate else { return .error("channel_not_found") }
        var object: SandboxJSON = [
            "id": .string(id), "is_im": .bool(channel.isDirect), "is_channel": .bool(!channel.isDirect),
            "is_group": false, "is_mpim": false, "is_private": .bool(channel.isPrivate),
            "is_archived": .bool(channel.isArchived), "is_member": .bool(isMember),
            "is_ext_shared": .bool(channel.isShared), "is_shared": .bool(channel.isShared), "is_org_shared": false,
            "created": 1_700_000_000, "context_team_id": .string(workspace.teamID),
        ]
        if channel.isDirect {
            object["user"] = channel.members.first { $0 != workspace.botUserID }.map { .string($0) }
        } else {
            object["name"] = .string(channel.name)
            object["name_normalized"] = .string(channel.name)
        }
        return .ok(["channel": object])
    }

    func userGroupsList(_ arguments: SlackArguments) -> SlackResult {
        let wantsAll = arguments.string("include_disabled") == "true"
        let groups = workspace.userGroups.filter { wantsAll || !$0.isDisabled }
        return .ok([
            "usergroups": .array(
                groups.map { group in
                    [
                        "id": .string(group.id), "team_id": .string(workspace.teamID), "is_usergroup": true,
                        "name": .string(group.handle), "handle": .string(group.handle),
                        "date_delete": group.isDisabled ? 1_700_000_000 : 0, "user_count": .int(group.users.count),
                    ]
                }
            )
        ])
    }

    func userGroupUsers(_ arguments: SlackArguments) -> SlackResult {
        let id = arguments.string("usergroup")
        let wantsAll = arguments.string("include_disabled") == "true"
        guard let group = workspace.userGroups.first(where: { $0.id == id }), wantsAll || !group.isDisabled else {
            return .error("no_such_subteam")
        }
        return .ok(["users": .array(group.users.map { .string($0) })])
    }

    private func object(_ person: SlackWorkspace.Person) -> SandboxJSON {
        var user: SandboxJSON = [
            "id": .string(person.id), "team_id": .string(person.teamID), "name": .string(person.name),
            "deleted": .bool(person.kind == .deactivated), "is_bot": .bool(person.kind == .bot), "is_app_user": false,
            "updated": 1_700_000_000,
            "profile": [
                "real_name": .string(person.realName), "display_name": .string(person.name),
                "title": .string(person.title),
                "team": .string(person.teamID),
            ],
        ]
        // Of a deactivated account Slack says less.
        guard person.kind != .deactivated else { return user }
        user["real_name"] = .string(person.realName)
        user["tz"] = "Asia/Kolkata"
        for flag in ["is_admin", "is_owner", "is_primary_owner"] { user[flag] = false }
        user["is_restricted"] = .bool(person.kind == .guest || person.kind == .singleChannelGuest)
        user["is_ultra_restricted"] = .bool(person.kind == .singleChannelGuest)
        if person.teamID != workspace.teamID { user["is_stranger"] = true }
        return user
    }
}
