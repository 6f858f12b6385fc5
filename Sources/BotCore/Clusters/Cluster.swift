/// A training cluster from the configuration. Only such clusters can be named in a command.
package struct Cluster: Hashable, Sendable {
    /// The API's id.
    package let id: Int
    /// The name that people may type instead of the id.
    package let name: String
    /// The configured project whose credentials and location the calls use.
    package let project: String
    /// Labels by which policy rules select clusters.
    package let labels: [String: String]

    package init(id: Int, name: String, project: String, labels: [String: String] = [:]) {
        self.id = id
        self.name = name
        self.project = project
        self.labels = labels
    }

    /// The id and the name, as texts show them: `42 prod-train`.
    package var title: String { "\(id) \(name)" }
}
