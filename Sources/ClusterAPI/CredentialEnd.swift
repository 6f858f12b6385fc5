import BotCore

/// What there is to say about the day on which a project's credentials stop working (`token_ends`).
package struct CredentialEnd: Hashable, Sendable {
    /// Whoever makes new ones needs a working day, and may be on leave.
    private static let warnBefore = Duration.seconds(30 * 86_400)

    /// Whether that day is there.
    package let hasCome: Bool
    /// What is the matter and what to do.
    package let sentence: String

    /// Nil while there is time, and where nobody has said when they end.
    package init?(of project: ClusterAPISettings.Project, named name: String, now: Timestamp) {
        guard let ends = project.tokenEnds, ends - now <= Self.warnBefore else { return nil }
        let day = ends.description.prefix { $0 != "T" }
        hasCome = now >= ends
        let state = hasCome ? "ended on \(day)" : "end on \(day), in \((ends - now).spoken)"
        sentence =
            "the API credentials of project \(name) \(state): make new ones in the TIR dashboard, put them where "
            + "`projects.\(name)` points, set `token_ends`, and restart clusterbot"
    }
}
