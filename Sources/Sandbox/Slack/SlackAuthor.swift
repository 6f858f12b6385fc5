/// Whoever writes a message that is not the app's.
package struct SlackAuthor: Sendable {
    /// An app's ids beside its user.
    package struct Bot: Codable, Sendable, Equatable {
        package var botID: String
        package var appID: String
        /// The workspace in which it is installed.
        package var teamID: String

        package init(botID: String, appID: String, teamID: String) {
            self.botID = botID
            self.appID = appID
            self.teamID = teamID
        }
    }

    package var user: String
    /// Nil for a person.
    package var bot: Bot?

    package init(user: String, bot: Bot? = nil) {
        self.user = user
        self.bot = bot
    }
}
