/// What `groups` says.
struct GroupsSection {
    /// Every name, also of groups with mistakes in them.
    var names: Set<String> = []
    /// The people in each, groups in groups resolved.
    var members: [String: Set<String>] = [:]
}
