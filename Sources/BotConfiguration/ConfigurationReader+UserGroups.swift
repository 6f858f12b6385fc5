import BotCore
import ChatKit
import ConfigurationTree

/// Reads the groups that chat platforms keep.
extension ConfigurationReader {
    /// Reads the user groups that a group names, with their places.
    func userGroups(_ table: Table) -> [(group: UserGroup, place: Place)] {
        platforms.flatMap { platform -> [(group: UserGroup, place: Place)] in
            guard let key = platform.userGroupsKey, let field = table.field(key) else { return [] }
            let what = "user groups of \(platform.title), such as [\"\(platform.exampleUserGroup)\"]"
            var found: [(group: UserGroup, place: Place)] = []
            for element in field.list(what) ?? [] {
                guard let text = element.text("a user group of \(platform.title), such as \(platform.exampleUserGroup)")
                else { continue }
                let (group, fix) = platform.userGroup(text)
                guard let group else {
                    element.problem("\(quoted(text)) is not a user group of \(platform.title); \(fix)")
                    continue
                }
                guard !found.contains(where: { $0.group == group }) else {
                    element.problem("the user group \(quoted(text)) is there twice; remove one")
                    continue
                }
                found.append((group, element.place))
            }
            return found
        }
    }

    /// Reads whether members of an asked user group may approve without being listed.
    func unlistedApprovers(_ top: Table, _ groups: GroupsSection) -> Bool {
        guard let field = top.field("unlisted_approvers") else { return false }
        let what = "who may approve without being listed"
        guard field.choice(of: ["none", "usergroups"], what) == "usergroups" else { return false }
        if groups.userGroups.isEmpty, groups.unclear.isEmpty {
            let keys = platforms.compactMap(\.userGroupsKey).map(quoted)
            log.warning(
                field.keyPlace,
                "no group has a user group, so nobody may approve without being listed; give one "
                    + "\(keys.joined(separator: " or ")), or remove this"
            )
        }
        return true
    }

    /// Checks that every user group can be looked up.
    func checkUserGroups(_ groups: GroupsSection, _ chat: [any ChatSettings]) {
        for (_, named) in groups.ownUserGroups.sorted(by: { $0.key < $1.key }) {
            for (group, place) in named {
                // A section with mistakes has messages of its own.
                guard let settings = chat.first(where: { $0.platform == group.platform }) else {
                    if log.problemCount == 0 {
                        log.problem(
                            place,
                            "nobody can be looked up in it, because `chat.\(group.platform)` is not there; add it, or list "
                                + "the people under `people`"
                        )
                    }
                    continue
                }
                if !settings.workspaceIDs.contains(group.workspace) {
                    log.problem(
                        place,
                        "\(quoted(group.workspace)) is not one of `chat.\(group.platform).workspaces` "
                            + "(\(listed(settings.workspaceIDs.sorted()))), so nobody can be looked up in it"
                    )
                } else if !settings.lookUpWorkspaces.contains(group.workspace) {
                    log.problem(
                        place,
                        "user groups are looked up with a token; give "
                            + "`chat.\(group.platform).workspaces.\(group.workspace)` a `bot_token`"
                    )
                }
            }
        }
    }
}
