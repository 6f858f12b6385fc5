/// The members of the user groups that a change asks, as they were when each was asked. Whoever joins later does not
/// count for it.
package struct AskedMembers: Hashable, Sendable {
    package private(set) var byGroup: [UserGroup: Set<Account>]

    package init(_ byGroup: [UserGroup: Set<Account>] = [:]) { self.byGroup = byGroup }

    package var isEmpty: Bool { byGroup.isEmpty }

    /// Notes who is in a user group at the moment when it is asked. The first that is noted stays.
    package mutating func ask(_ group: UserGroup, _ members: Set<Account>) {
        if byGroup[group] == nil { byGroup[group] = members }
    }

    /// Returns the members of a user group when it was asked; nil if that is not known yet.
    package subscript(_ group: UserGroup) -> Set<Account>? { byGroup[group] }
}

extension Change {
    /// Notes who is in the user groups of some groups, as far as that is known now and was not noted before. It is
    /// called when a group is asked, and again after a look-up if it was not known then: the first answer counts.
    package mutating func ask(_ groups: Set<String>, _ policy: Policy) {
        for group in groups {
            for userGroup in policy.userGroups.inGroup[group] ?? [] {
                if let members = policy.userGroups.members(of: userGroup) { asked.ask(userGroup, members) }
            }
        }
    }

    /// The groups that any of its permits asks.
    package var groupsAsked: Set<String> { permits.groupsAsked }
}

extension [Permit] {
    /// The groups that any of these permits asks now, further groups whose time has come among them.
    package var groupsAsked: Set<String> {
        var groups: Set<String> = []
        for case .approvals(let needs) in map(\.needs) { groups.formUnion(needs.entries.flatMap(\.groups)) }
        return groups
    }
}
