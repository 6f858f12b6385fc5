import BotCore
import ChatKit
import ConfigurationTree

/// Slack, as the wiring registers it.
package struct SlackModule: ChatModule {
    package let name = SlackSettings.platformName
    package let title = "Slack"
    package let section = SlackSection.shape
    package let innerSections = [SlackSection.workspaceShape]
    package let laterGroupKeys: Set<String> = ["slack_usergroups"]
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

    package func settings(_ section: ChatSection) -> (any ChatSettings)? { SlackSection(section: section).settings() }
}
