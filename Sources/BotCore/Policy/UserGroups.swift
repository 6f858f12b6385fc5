/// The user groups of chat platforms that count towards the policy's groups, with what is known of their members at one
/// moment.
package struct UserGroups: Sendable {
    /// What a look-up gave.
    package enum Answer: Hashable, Sendable {
        case members(Set<Account>)
        /// The last look-up failed, and it is too early for the next one.
        case failed(LookUpProblem)
    }

    /// The user groups in each group of the configuration, those of groups within it among them.
    package let inGroup: [String: Set<UserGroup>]
    /// Whether members of a user group that is asked may approve without being listed.
    package let unlistedApprove: Bool
    /// What is known. A user group that is not among these was not looked up lately.
    package internal(set) var answers: [UserGroup: Answer] = [:]

    package static let none = UserGroups(inGroup: [:])

    package init(inGroup: [String: Set<UserGroup>], unlistedApprove: Bool = false) {
        self.inGroup = inGroup.filter { !$0.value.isEmpty }
        self.unlistedApprove = unlistedApprove
    }

    package var isEmpty: Bool { inGroup.isEmpty }

    /// Every user group that the configuration names.
    package var all: Set<UserGroup> { inGroup.values.reduce(into: []) { $0.formUnion($1) } }

    /// Returns the members of a user group; nil where there is no answer.
    package func members(of group: UserGroup) -> Set<Account>? {
        if case .members(let accounts)? = answers[group] { accounts } else { nil }
    }

    /// Returns the user groups in a group of which nobody knows who is in them.
    package func unknown(in group: String) -> Set<UserGroup> {
        (inGroup[group] ?? []).filter { members(of: $0) == nil }
    }

    /// Returns those for which a look-up makes sense now: none that has failed just before.
    package func worthAsking(_ groups: Set<UserGroup>) -> Set<UserGroup> { groups.filter { answers[$0] == nil } }

    /// Returns the names under which the configuration has user groups, in order.
    package func names(of groups: Set<UserGroup>) -> [String] {
        inGroup.filter { !$0.value.isDisjoint(with: groups) }.keys.sorted()
    }

    /// Returns a sentence that says that it is not known who is in some user groups, and what to do; for people.
    package func unknownSentence(_ groups: Set<UserGroup>) -> String {
        let names = names(of: groups).map { "`\($0)`" }.joined(separator: " and ")
        let problems = groups.sorted { $0.description < $1.description }.compactMap { group -> String? in
            if case .failed(let problem)? = answers[group] { problem.sentence } else { nil }
        }
        let why = problems.first ?? "Ask again in a moment."
        return "Who is in \(names) could not be looked up. \(why)"
    }
}
