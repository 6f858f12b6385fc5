import ClusterAPI

/// What `projects` says.
struct ProjectsSection {
    /// Every name, also of projects with mistakes in them: whoever refers to those needs no second message.
    var names: Set<String> = []
    var settings: [String: ClusterAPISettings.Project] = [:]
}
