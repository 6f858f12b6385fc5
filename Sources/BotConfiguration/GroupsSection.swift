/// The section `groups`.
struct GroupsSection {
    /// All names, with those of groups that have mistakes.
    var names: Set<String> = []
    /// The people in each group; groups within groups are resolved.
    var members: [String: Set<String>] = [:]
}
