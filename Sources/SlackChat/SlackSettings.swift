import BotCore

/// How one Slack app is connected: `chat.slack` of the configuration.
package struct SlackSettings: Sendable {
    /// Requests of any other app are refused.
    package var appID: String
    /// The workspaces that may send, each with its bot token; nil: answers go through `response_url` only.
    package var workspaces: [String: Secret?]
    /// One, or two while rotating.
    package var signingSecrets: [Secret]
    /// With the slash: `/cluster`.
    package var command: String
    /// The channel in which every change is posted too, with its workspace; nil: none.
    package var historyChannel: Channel?
    /// With a trailing slash: `https://slack.com/api/`.
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
