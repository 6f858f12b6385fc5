import BotCore

/// A warning about the day on which a project's credentials stop working (`token_ends`).
package struct CredentialEnd: Hashable, Sendable {
    /// The time before the end from which on people are warned: whoever makes new ones needs a working day, and may be on
    /// leave.
    private static let warnBefore = Duration.seconds(30 * 86_400)

    /// Whether that day has come.
    package let hasCome: Bool
    /// A sentence that says what is the matter and what to do.
    package let sentence: String

    /// Looks at a project's credentials; nil while there is time, and where nobody has said when they end.
    package init?(of project: ClusterAPISettings.Project, named name: String, now: Timestamp) {
        guard let ends = project.tokenEnds, ends - now <= Self.warnBefore else { return nil }
        let day = ends.description.prefix { $0 != "T" }
        hasCome = now >= ends
        let state = hasCome ? "ended on \(day)" : "end on \(day), in \((ends - now).spoken)"
        sentence =
            "the API credentials of project \(name) \(state): make a new Personal Access Token in the TIR dashboard, put "
            + "its key and token where `projects.\(name)` points, set `token_ends`, and reload clusterbot (SIGHUP; from "
            + "the environment: restart it)"
    }
}
