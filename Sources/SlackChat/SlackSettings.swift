import BotCore

/// The settings of the Slack app: `chat.slack` of the configuration.
package struct SlackSettings: Sendable {
    /// The app's id. Requests for any other app are refused.
    package var appID: String
    /// The workspaces that may send, each with its bot token; nil: answers go through `response_url` only.
    package var workspaces: [String: Secret?]
    /// The signing secrets: one, or two while rotating.
    package var signingSecrets: [Secret]
    /// The slash command, with the slash: `/cluster`.
    package var command: String
    /// The channel in which the end of every change is posted, too; nil: none.
    package var historyChannel: Channel?
    /// The base URL of the Web API, with a trailing slash: `https://slack.com/api/`.
    package var apiURL: String
    /// The only hosts (`host` or `host:port`) that a `response_url` may name.
    package var responseHosts: [String]

    package init(
        appID: String,
        workspaces: [String: Secret?],
        signingSecrets: [Secret],
        command: String = "/cluster",
        historyChannel: Channel? = nil,
        apiURL: String = "https://slack.com/api/",
        responseHosts: [String] = ["hooks.slack.com"]
    ) {
        self.appID = appID
        self.workspaces = workspaces
        self.signingSecrets = signingSecrets
        self.command = command
        self.historyChannel = historyChannel
        self.apiURL = apiURL
        self.responseHosts = responseHosts
    }
}
