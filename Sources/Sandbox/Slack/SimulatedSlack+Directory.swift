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
        if id == workspace.botUserID {
            let me = SlackWorkspace.Person(
                id: id,
                name: workspace.botName,
                realName: workspace.botName,
                title: "",
                teamID: workspace.teamID
            )
            return .ok(["user": object(me, isBot: true)])
        }
        guard let person = workspace.person(id) else { return .error("user_not_found") }
        return .ok(["user": object(person, isBot: false)])
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

    func userGroupsList() -> SlackResult {
        .ok([
            "usergroups": .array(
                workspace.userGroups.map { group in
                    [
                        "id": .string(group.id), "team_id": .string(workspace.teamID), "is_usergroup": true,
                        "name": .string(group.handle), "handle": .string(group.handle), "date_delete": 0,
                        "user_count": .int(group.users.count),
                    ]
                }
            )
        ])
    }

    func userGroupUsers(_ arguments: SlackArguments) -> SlackResult {
        let id = arguments.string("usergroup")
        guard let group = workspace.userGroups.first(where: { $0.id == id }) else { return .error("no_such_subteam") }
        return .ok(["users": .array(group.users.map { .string($0) })])
    }

    private func object(_ person: SlackWorkspace.Person, isBot: Bool) -> SandboxJSON {
        let isStranger = person.teamID != workspace.teamID
        return [
            "id": .string(person.id), "team_id": .string(person.teamID), "name": .string(person.name), "deleted": false,
            "real_name": .string(person.realName), "tz": "Asia/Kolkata", "is_admin": false, "is_owner": false,
            "is_primary_owner": false, "is_restricted": false, "is_ultra_restricted": false, "is_bot": .bool(isBot),
            "is_app_user": false, "is_stranger": .bool(isStranger), "updated": 1_700_000_000,
            "profile": [
                "real_name": .string(person.realName), "display_name": .string(person.name),
                "title": .string(person.title),
                "team": .string(person.teamID),
            ],
        ]
    }
}
