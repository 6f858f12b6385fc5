import BotCore

extension Rulebook {
    /// Returns the same rules for telling people: where it is not known just now who is in a user group, those are who
    /// were when it was asked. Nothing is decided by that: what somebody may do is looked up when they do it.
    func remembering(_ asked: AskedMembers) -> Rulebook {
        let forgotten = asked.byGroup.filter { policy.userGroups.members(of: $0.key) == nil }
        guard !forgotten.isEmpty else { return self }
        return knowing(policy.userGroups.answers.merging(forgotten.mapValues { .members($0) }) { _, then in then })
    }

    /// Returns the user groups without an answer on which it hangs what becomes of a change: whether its requester may
    /// ask for it, and who of those who are asked counts.
    func unknown(_ change: Change) -> Set<UserGroup> {
        guard !policy.userGroups.isEmpty else { return [] }
        var found = policy.hanging(on: request(change)).union(policy.unknown(in: change.groupsAsked))
        // Before it is sent it must be enough by the rules as they are now, too, and they may ask others.
        if change.state == .ready {
            found.formUnion(policy.unknown(in: policy.permits(for: request(change)).groupsAsked))
        }
        return found
    }

    /// Returns whether the policy can decide on a request only after a look-up, which makes sense now. What is allowed
    /// at once already needs none.
    func mustLookUp(for request: Policy.Request) -> Bool {
        guard !policy.userGroups.worthAsking(policy.hanging(on: request)).isEmpty else { return false }
        return !policy.permits(for: request).contains { $0.needs == .nothing }
    }

    /// Returns the user groups without an answer on which the answer to a question about a request hangs.
    func unknown(_ asked: AskedChange, by actor: Actor, in channel: Channel) -> Set<UserGroup> {
        guard !policy.userGroups.isEmpty else { return [] }
        let request = Self.request(asked, by: actor, in: channel)
        return policy.hanging(on: request).union(policy.unknown(in: policy.permits(for: request).groupsAsked))
    }
}
