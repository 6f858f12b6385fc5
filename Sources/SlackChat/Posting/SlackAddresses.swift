import BotCore

/// The web addresses of workspaces, as Slack names them. Each is asked for when the first link is needed, and kept: a workspace
/// whose address changes leads on from its old one.
actor SlackAddresses {
    private var known: [String: String] = [:]
    private var asked: [String: Duration] = [:]

    /// Who asks before that gets no link: it is small print.
    private static let asksAgainAfter = Duration.seconds(60)

    /// Returns the workspace's address, with a slash at its end; nil while it is not known.
    /// - Parameter ask: asks Slack for it.
    func address(of workspace: String, at uptime: Duration, _ ask: @Sendable () async -> String?) async -> String? {
        if let address = known[workspace] { return address }
        if let before = asked[workspace], uptime - before < Self.asksAgainAfter { return nil }
        asked[workspace] = uptime
        let address = await ask()
        known[workspace] = address
        return address
    }
}
