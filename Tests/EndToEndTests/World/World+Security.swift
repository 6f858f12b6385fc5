extension World {
    /// Changes the configuration so that there is a group `security` with a channel of its own.
    /// - Parameter group: the group's value; erin is listed.
    static func withSecurity(_ text: String, _ group: String) -> String {
        text.replacing(
            "people:\n",
            with: "people:\n  - {name: erin, accounts: [\"slack:T0001/U0ERIN\"]}\n"
        ).replacing(
            "groups:\n",
            with: """
                channels: {security: "slack:T0001/C0SECURITY"}
                groups:
                  security: \(group)

                """
        )
    }
}
