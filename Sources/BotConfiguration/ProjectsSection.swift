import ClusterAPI

/// The section `projects`.
struct ProjectsSection {
    /// All names, with those of projects that have mistakes: a reference to those needs no second message.
    var names: Set<String> = []
    var settings: [String: ClusterAPISettings.Project] = [:]
}
