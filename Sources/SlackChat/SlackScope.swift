/// One permission of the Slack app, and what it is for. The manifest asks for all of them, so that people install once.
struct SlackScope: Hashable, Sendable {
    /// What is lost where an installed app lacks it.
    enum Need: Hashable, Sendable {
        /// Nothing works without it.
        case always
        /// One thing that is there today does not work.
        case today
        /// Groups that have Slack's user groups do not work.
        case userGroups
        /// Something that is still to come will not work.
        case later
    }

    /// Its name at Slack.
    let name: String
    let need: Need
    /// The feature that it is for, as a noun.
    let feature: String

    /// All scopes of `config/slack-app-manifest.yaml`, in its order.
    static let all = [
        SlackScope(name: "commands", need: .always, feature: "the slash command"),
        SlackScope(name: "chat:write", need: .always, feature: "messages in channels"),
        SlackScope(name: "channels:read", need: .today, feature: "the look at public channels by `doctor`"),
        SlackScope(name: "groups:read", need: .today, feature: "the look at private channels by `doctor`"),
        SlackScope(name: "channels:history", need: .today, feature: "the history read back from a public channel"),
        SlackScope(name: "groups:history", need: .today, feature: "the history read back from a private channel"),
        SlackScope(name: "usergroups:read", need: .userGroups, feature: "Slack's user groups in rules"),
        SlackScope(
            name: "users:read",
            need: .userGroups,
            feature: "guests and deactivated accounts in user groups, and people's time zones"
        ),
        SlackScope(name: "app_mentions:read", need: .later, feature: "commands that mention the bot"),
        SlackScope(name: "im:history", need: .later, feature: "commands in a direct message"),
        SlackScope(name: "im:write", need: .later, feature: "reminders in a direct message"),
    ]

    /// Returns the scopes of that need which an app lacks, each with its feature.
    static func missing(_ need: Need, in granted: Set<String>) -> [SlackScope] {
        all.filter { $0.need == need && !granted.contains($0.name) }
    }
}

extension SlackScope: CustomStringConvertible {
    var description: String { "`\(name)` (\(feature))" }
}
