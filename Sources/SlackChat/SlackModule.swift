import BotCore
import ChatKit
import ConfigurationTree

/// Slack, as the wiring registers it.
package struct SlackModule: ChatModule {
    package let name = SlackSettings.platformName
    package let title = "Slack"
    package let section = SlackSection.shape
    package let innerSections = [SlackSection.workspaceShape]
    package let userGroupsKey: String? = "slack_usergroups"
    package let exampleUserGroup = "T0001/S0LEADS"
    package let laterGroupKeys: Set<String> = []
    package let exampleAccount = "slack:T0001/U0AMY"
    package let exampleChannel = "slack:T0001/C0OPS"
    package let idForm = IDCheck.plainForm

    package init() {}

    package func check(_ account: Account) -> IDCheck {
        guard IDCheck.isPlain(account.workspace), IDCheck.isPlain(account.user) else { return .wrong }
        return account.user.wholeMatch(of: /[UW][A-Z0-9]+/) != nil
            ? .fine
            : .doubtful(
                "does not look like a Slack account; it ends with the member id, such as `U0AMY` (profile, “Copy "
                    + "member ID”)"
            )
    }

    package func check(_ channel: Channel) -> IDCheck {
        guard IDCheck.isPlain(channel.workspace), IDCheck.isPlain(channel.id) else { return .wrong }
        return channel.id.wholeMatch(of: /[CGD][A-Z0-9]+/) != nil
            ? .fine : .doubtful("does not look like a Slack channel; it ends with the channel id, such as `C0OPS`")
    }

    package func userGroup(_ text: String) -> (group: UserGroup?, fix: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let id = String(parts.last ?? "")
        if parts.count == 2, parts[0].wholeMatch(of: /T[A-Z0-9]{1,31}/) != nil,
            id.wholeMatch(of: /S[A-Z0-9]{1,31}/) != nil
        {
            return (UserGroup(platform: name, workspace: String(parts[0]), id: id), "")
        }
        let form = "write `WORKSPACE/GROUP` with both ids, such as `\(exampleUserGroup)`"
        let fix: String
        if text.hasPrefix("\(name):") {
            fix = "leave `\(name):` out: \(form)"
        } else if id.wholeMatch(of: /[UW][A-Z0-9]{2,31}/) != nil {
            fix = "that is a person's id; list people under `people`"
        } else if id.wholeMatch(of: /[CGD][A-Z0-9]{2,31}/) != nil {
            fix = "that is a channel's id; a user group's begins with `S`"
        } else if text.hasPrefix("E") {
            fix = "an organisation has no user groups of its own here; name the workspace, whose id begins with `T`"
        } else {
            fix = "\(form) (the group's page in Slack, under “More”, “Copy group ID”)"
        }
        return (nil, fix)
    }

    package func settings(_ section: ChatSection) -> (any ChatSettings)? { SlackSection(section: section).settings() }
}
