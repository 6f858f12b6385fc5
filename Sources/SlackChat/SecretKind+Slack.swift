import ConfigurationTree

extension SecretKind {
    static let slackBotToken = SecretKind(
        what: "a bot token of Slack",
        form: "`xoxb-` and then letters, digits and `-` (the app's page, “OAuth & Permissions”)"
    ) {
        $0.wholeMatch(of: /(xoxe\.)?xoxb-[A-Za-z0-9-]+/) != nil
    }
    static let slackSigningSecret = SecretKind(
        what: "a signing secret of Slack",
        form: "32 digits, 0-9 and a-f (the app's page, “Basic Information”)"
    ) {
        $0.wholeMatch(of: /[0-9a-f]{32}/) != nil
    }
}
