import BotCore
import ConfigurationTree

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
    /// The place in the file of each channel in ``calls``.
    var askPlaces: [String: Place] = [:]
    /// The user groups in each group that has any; groups within groups are resolved.
    var userGroups: [String: Set<UserGroup>] = [:]
    /// The user groups that each group names itself, with their places in the file.
    var ownUserGroups: [String: [(group: UserGroup, place: Place)]] = [:]
    /// Whether members of user groups who are not listed may approve.
    var unlistedApprove = false
    /// The groups of which it is not known who is in them, because of a mistake that was logged.
    var unclear: Set<String> = []
}
