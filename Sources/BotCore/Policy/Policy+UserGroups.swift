/// User groups of chat platforms in the policy. A member is named by the configured name of the person who lists the
/// account, and an account that no person lists by its written form; no person's name has that form.
extension Policy {
    /// Returns the same policy with what is known of user groups now.
    package func knowing(_ answers: [UserGroup: UserGroups.Answer]) -> Policy {
        var policy = self
        policy.userGroups.answers = answers
        policy.joinGroups()
        return policy
    }

    /// Works out who is in the groups that have user groups.
    mutating func joinGroups() {
        joined = Dictionary(
            uniqueKeysWithValues: userGroups.inGroup.map { group, inner in
                var names = groups[group] ?? []
                for account in inner.compactMap(userGroups.members).joined() { names.insert(name(of: account)) }
                return (group, names)
            }
        )
        insiders = joined.values.reduce(into: []) { found, names in found.formUnion(names.filter { Account($0) != nil })
        }
    }

    /// Returns the name of a member with this account.
    func name(of account: Account) -> String { people[account] ?? account.description }

    /// Returns the name of somebody as a member of groups; nil for the bot.
    package func name(of actor: Actor) -> String? { actor.person ?? actor.account.map(\.description) }

    /// Returns the actor whom a member's name stands for, whichever account they use.
    package func actor(named name: String) -> Actor {
        if let account = Account(name) { return Actor(person: nil, account: account, name: "") }
        return Actor(person: name, account: nil, name: name)
    }

    /// Returns one account by which a member can be mentioned in a workspace: the first of their accounts there; nil if
    /// they have none.
    package func account(ofMember name: String, platform: String, workspace: String) -> Account? {
        if let account = Account(name) {
            return account.platform == platform && account.workspace == workspace ? account : nil
        }
        return people.filter { $0.value == name && $0.key.platform == platform && $0.key.workspace == workspace }
            .keys.min { $0.description < $1.description }
    }

    /// Returns whether somebody is listed, or in a user group that the configuration names. Nobody else may do or read
    /// anything.
    package func isKnown(_ actor: Actor) -> Bool {
        actor.person != nil || actor.account.map { insiders.contains($0.description) } ?? false
    }

    /// The accounts in user groups that no person lists.
    package var unlistedMembers: [Account] { insiders.sorted().compactMap(Account.init) }

    /// Returns the actor by the listing of people as it is now. Whoever acted as a person is that person only as long as
    /// the account is listed for them. An account that nobody listed then is by now whoever lists it.
    package func asListedNow(_ actor: Actor) -> Actor {
        guard let account = actor.account else { return Actor(person: nil, account: nil, name: actor.name) }
        let person = people[account]
        let isSame = actor.person == nil || actor.person == person
        return Actor(person: isSame ? person : nil, account: account, name: actor.name)
    }

    /// Returns whether two are the same person, by what was recorded or by the listing as it is now.
    package func isSamePerson(_ one: Actor, _ other: Actor) -> Bool {
        let now = { (actor: Actor) in actor.account == nil ? actor : asListedNow(actor) }
        return one.isSamePerson(as: other) || now(one).isSamePerson(as: now(other))
    }

    /// Returns the members of a group who may approve, by name.
    /// - Parameter asked: the members of user groups when they were asked: whoever joined later does not count, and
    ///   whoever left does not count any more. Nil: nobody was asked yet, and all who are in them now would be.
    package func approvers(in group: String, asked: AskedMembers?) -> Set<String> {
        var names = groups[group] ?? []
        for userGroup in userGroups.inGroup[group] ?? [] {
            guard var members = userGroups.members(of: userGroup) else { continue }
            if let asked { members.formIntersection(asked[userGroup] ?? []) }
            for account in members where people[account] != nil || userGroups.unlistedApprove {
                names.insert(name(of: account))
            }
        }
        return names
    }

    // MARK: What is not known

    /// Returns whether somebody is in a group; nil if that is not known.
    func isMember(_ actor: Actor, of group: String) -> Bool? {
        guard let name = name(of: actor) else { return false }
        if members(of: group).contains(name) { return true }
        return concerning(actor, userGroups.unknown(in: group)).isEmpty ? false : nil
    }

    /// Returns those user groups in which somebody can be: those of the workspaces where they have accounts.
    func concerning(_ actor: Actor, _ groups: Set<UserGroup>) -> Set<UserGroup> {
        guard !groups.isEmpty else { return [] }
        guard let person = actor.person else {
            return groups.filter { group in actor.account.map(group.mayHold) ?? false }
        }
        return groups.filter { group in people.contains { $0.value == person && group.mayHold($0.key) } }
    }

    /// Returns the user groups without an answer on which it hangs whether an account that nobody lists is known at all.
    package func hangingOnIdentity(of actor: Actor) -> Set<UserGroup> {
        guard !userGroups.isEmpty, !isKnown(actor) else { return [] }
        return concerning(actor, userGroups.all.filter { userGroups.members(of: $0) == nil })
    }

    /// Returns the user groups without an answer on which the decision on a request hangs.
    package func hanging(on request: Request) -> Set<UserGroup> {
        guard !userGroups.isEmpty else { return [] }
        var found = hangingOnIdentity(of: request.actor)
        // A rule may speak once the cluster was read; then nobody looks up any more.
        var request = request
        request.unread = []
        for rule in rules(on: request.cluster)
        where rule.rights.contains(request.right) && reaches(rule, request) {
            guard speaks(rule, of: request.actor) == nil else { continue }
            found.formUnion(unknown(in: rule, for: request.actor))
        }
        return found
    }

    /// Returns the user groups without an answer on which it hangs what somebody may do besides the nine actions: read,
    /// settle, release.
    package func hangingOnRights(of actor: Actor) -> Set<UserGroup> {
        guard !userGroups.isEmpty else { return [] }
        var found = hangingOnIdentity(of: actor)
        for rule in rules where !rule.rights.isSubset(of: ActionCatalogue.names) {
            // Which groups a template names depends on the cluster; any of them may be meant.
            if rule.hasTemplates {
                found.formUnion(unknown(of: actor))
            } else if speaks(rule, of: actor) == nil {
                found.formUnion(unknown(in: rule, for: actor))
            }
        }
        return found
    }

    /// Returns the user groups without an answer in which somebody may be.
    package func unknown(of actor: Actor) -> Set<UserGroup> {
        guard !userGroups.isEmpty else { return [] }
        return concerning(actor, userGroups.all.filter { userGroups.members(of: $0) == nil })
    }

    /// Returns the user groups in these groups of which nobody knows who is in them.
    package func unknown(in groups: Set<String>) -> Set<UserGroup> {
        groups.reduce(into: []) { $0.formUnion(userGroups.unknown(in: $1)) }
    }

    /// Returns whether a rule is about somebody; nil if that is not known.
    func speaks(_ rule: Rule, of actor: Actor) -> Bool? {
        var isUnsure = false
        for subject in rule.who {
            switch subject {
            case .everyone: return true
            case .person(let name): if actor.person == name { return true }
            case .group(let name):
                switch isMember(actor, of: name) {
                case true?: return true
                case false?: break
                case nil: isUnsure = true
                }
            }
        }
        return isUnsure ? nil : false
    }

    /// Returns the user groups without an answer on which it hangs whether a rule is about somebody.
    func unknown(in rule: Rule, for actor: Actor) -> Set<UserGroup> {
        let groups = rule.who.compactMap { subject in if case .group(let name) = subject { name } else { nil } }
        return concerning(actor, unknown(in: Set(groups)))
    }
}
