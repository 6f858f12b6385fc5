import BotCore

/// The section `groups`.
struct GroupsSection {
    /// All names, with those of groups that have mistakes.
    var names: Set<String> = []
    /// Whether every name could be read. Only then a name that is not there is a mistake of its own.
    var isComplete = true
    /// The people in each group; groups within groups are resolved. People whom nobody lists are among them: that is
    /// another mistake.
    var members: [String: Set<String>] = [:]
    /// How the members of a group are called to requests, where it is not the usual way.
    var calls: [String: GroupCalls] = [:]
    /// The groups of which it is not known who is in them, because of a mistake that was logged.
    var unclear: Set<String> = []
}
