import FoundationEssentials

/// The simulated API's demands on its callers, and its speed. Not part of the journal.
package struct CloudSettings: Sendable {
    /// The two secrets of one project; both travel on every call.
    package struct Credential: Sendable {
        package var projectID: Int
        /// Sent as `?apikey=`.
        package var apiKey: String
        /// Sent as `Authorization: Bearer`.
        package var token: String

        package init(projectID: Int, apiKey: String, token: String) {
            self.projectID = projectID
            self.apiKey = apiKey
            self.token = token
        }
    }

    /// The credentials that the API accepts.
    package var credentials: [Credential]
    /// The locations that exist.
    package var locations = ["Delhi", "Chennai"]
    /// The values of `active_iam` that exist.
    package var activeIAMs: Set<Int> = [55]
    /// The time for which a cluster is "Restarting".
    package var restartTakes: Duration = .seconds(8)
    /// Whether a field that the action does not need is an error. The real service's behaviour is not documented, so the
    /// stricter one is the default.
    package var rejectsSurplusFields = true
    /// The wall clock.
    package var now: @Sendable () -> Date = { Date() }

    package init(credentials: [Credential] = Self.demoCredentials) {
        self.credentials = credentials
    }

    /// The credentials of ``CloudWorld/demo``'s two projects. They open nothing but a simulator.
    package static let demoCredentials = [
        Credential(projectID: 1187, apiKey: "sandbox-key-vision", token: "sandbox-token-vision"),
        Credential(projectID: 1200, apiKey: "sandbox-key-nlp", token: "sandbox-token-nlp"),
    ]
}
