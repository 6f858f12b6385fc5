extension BrokenConfiguration {
    /// Mistakes in what is said of user groups.
    static let userGroups: [Self] = [
        group("¦T0001/S0LEADS", "must be a list: user groups of Slack, such as [\"T0001/S0LEADS\"]"),
        group("¦[]", "is empty; it must hold at least one element"),
        group("¦{T0001: S0LEADS}", "must be a list"),
        group("[¦[T0001/S0LEADS]]", "not a list"),
        group("[¦{id: S0LEADS}]", "not keys with values"),
        group("[¦\"\"]", "one line of 1 to"),
        group("[¦S0LEADS]", "write `WORKSPACE/GROUP` with both ids, such as `T0001/S0LEADS`"),
        group("[¦\"@leads\"]", "is not a user group of Slack"),
        group("[¦leads]", "“Copy group ID”"),
        group("[¦T0001/leads]", "is not a user group of Slack"),
        group("[¦T0001/s0leads]", "is not a user group of Slack"),
        group("[¦t0001/S0LEADS]", "is not a user group of Slack"),
        group("[¦\"<!subteam^S0LEADS>\"]", "is not a user group of Slack"),
        group("[¦T0001/S0LEADS/x]", "is not a user group of Slack"),
        group("[¦/S0LEADS]", "is not a user group of Slack"),
        group("[¦T0001/]", "is not a user group of Slack"),
        group("[¦T0001/S]", "is not a user group of Slack"),
        group("[¦S0LEADS/T0001]", "is not a user group of Slack"),
        group("[¦\"slack:T0001/S0LEADS\"]", "leave `slack:` out"),
        group("[¦T0001/U0BOB]", "list people under `people`"),
        group("[¦T0001/W0BOB]", "list people under `people`"),
        group("[¦T0001/C0OPS]", "that is a channel's id"),
        group("[¦E0001/S0LEADS]", "name the workspace, whose id begins with `T`"),
        group("[¦\"T0001/S0LEADS \"]", "without spaces at its ends"),
        group("[¦T0002/S0LEADS]", "`T0002` is not one of `chat.slack.workspaces` (`T0001`)"),
        group("[T0001/S0LEADS, ¦T0001/S0LEADS]", "is there twice"),
        Self("whole", fixture("[¦T0001/S0LEADS]", ["chat": ""]), "because `chat.slack` is not there"),
        Self(
            "whole",
            fixture(
                "[¦T0001/S0LEADS]",
                ["chat": "chat: {slack: {app_id: A1, workspaces: {T0001: {}}, signing_secrets: [{env: SIGN}]}}"]
            ),
            "give `chat.slack.workspaces.T0001` a `bot_token`"
        ),
        inGroup("¦slack_usergroup: [T0001/S0LEADS]", "did you mean `slack_usergroups`?"),
        inGroup("¦slack_user_groups: [T0001/S0LEADS]", "did you mean `slack_usergroups`?"),
        inGroup("¦usergroups: [T0001/S0LEADS]", "unknown key `usergroups`"),
        inGroup("¦os_usergroups: [bot1/wheel]", "unknown key `os_usergroups`"),
        Self("contact", "unlisted_approvers: ¦all", "`none`, `usergroups`"),
        Self("contact", "unlisted_approvers: ¦true", "who may approve without being listed"),
        Self("contact", "unlisted_approvers: ¦usergroup", "did you mean `usergroups`?"),
        Self("contact", "unlisted_approvers: ¦[usergroups]", "not a list"),
        Self("contact", "unlisted_approvers: ¦{usergroups: true}", "not keys with values"),
        Self("contact", "unlisted_approvers: ¦\"\"", "is not who may approve"),
        Self("contact", "¦unlisted_approver: none", "did you mean `unlisted_approvers`?"),
        inGroup("¦unlisted_approvers: usergroups", "unknown key `unlisted_approvers`"),
        rule(
            "{name: a, allow: [changes], who: [engineers], ¦unlisted_approvers: none}",
            "unknown key `unlisted_approvers`"
        ),
        rule("{name: a, allow: [changes], who: [¦T0001/S0LEADS]}", "is not one of `groups`"),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {approvals: [{from: ¦T0001/S0LEADS}]}}",
            "is not one of `groups`"
        ),
        // Nobody who is listed has an account in that workspace, so nobody could ever approve.
        Self(
            "whole",
            Fixture.text([
                "people": "people: [{name: amy, accounts: [\"os:bot1/1\"]}, {name: bob, accounts: [\"os:bot1/2\"]}]",
                "groups": "groups: {leads: {slack_usergroups: [T0001/S0LEADS]}, engineers: {people: [amy]}}",
                "policy": "policy: [{name: a, allow: [changes], who: [engineers]}]",
                "approval_default": "approval_default: {approvals: [{from: ¦leads}]}",
            ]),
            "nobody in the group `leads` can approve"
        ),
        // Only amy, bob and carol are listed with accounts there.
        Self(
            "whole",
            fixture(
                "[T0001/S0LEADS]",
                ["approval_default": "approval_default: {approvals: [{from: ¦leads, count: 4}]}"]
            ),
            "only 3 people in the group `leads` can approve"
        ),
    ]

    private static func fixture(_ value: String, _ others: [String: String] = [:]) -> String {
        var sections = others
        sections["groups"] = "groups: {leads: {people: [bob], slack_usergroups: \(value)}, engineers: {people: [amy]}}"
        return Fixture.text(sections)
    }

    private static func group(_ value: String, _ message: String) -> Self {
        Self(
            "groups",
            "groups: {leads: {people: [bob, carol], slack_usergroups: \(value)}, engineers: {people: [amy]}}",
            message
        )
    }

    private static func inGroup(_ entry: String, _ message: String) -> Self {
        Self("groups", "groups: {leads: {people: [bob, carol], \(entry)}, engineers: {people: [amy]}}", message)
    }
}
