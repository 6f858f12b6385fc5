/// The addresses to which Slack sends its requests.
package enum SlackEndpoint: String, Sendable, CaseIterable {
    /// Slash commands.
    case commands
    /// Clicks and forms.
    case interactions
    /// The Events API.
    case events
}
