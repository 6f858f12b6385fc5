import BotCore

/// Those who can still decide on a change, as its messages name and mention them.
struct Deciders {
    /// A group that is asked, with the people in it who can decide and have not yet.
    struct Asked: Hashable {
        let group: String
        let people: [String]
    }

    /// The groups that any of the change's permits asks, in their order.
    let groups: [Asked]
    /// Where it was asked.
    private let conversation: Channel
    private let rules: Rulebook
    private let now: Timestamp

    /// The most people that one message mentions: more would wake people who are not needed.
    static let mostMentioned = 5

    init(_ change: Change, _ approvals: [Approval], _ rules: Rulebook, now: Timestamp) {
        let rules = rules.remembering(change.asked)
        let consent = Consent(change: change, approvals: approvals, rules: rules)
        // Whose approval would add nothing, because their group has enough, is not asked any more.
        let able = rules.possibleApprovers(change).subtracting(consent.approvers).filter(consent.isBroughtNearer)
        var names: [String] = []
        for entry in change.permits.approvalNeeds.flatMap(\.entries) {
            names += entry.groups.filter { !names.contains($0) }
        }
        groups = names.map { group in
            let members = rules.policy.approvers(in: group, asked: change.asked)
            return Asked(group: group, people: members.intersection(able).sorted())
        }
        conversation = change.channel
        self.rules = rules
        self.now = now
    }

    /// Those of one group alone.
    func only(_ group: String) -> Deciders {
        Deciders(groups: groups.filter { $0.group == group }, conversation: conversation, rules: rules, now: now)
    }

    private init(groups: [Asked], conversation: Channel, rules: Rulebook, now: Timestamp) {
        self.groups = groups
        self.conversation = conversation
        self.rules = rules
        self.now = now
    }

    /// All of them, each once, the first of each group first.
    var people: [String] { Self.inTurn(groups) }

    /// The people who are mentioned in a channel: of all groups together at most five, without those whose groups are
    /// in their quiet hours or want nobody mentioned. In a channel that a group has for requests only its members are.
    /// - Parameter channel: a channel for requests to a group; nil: the conversation.
    func mentioned(in channel: Channel? = nil) -> [String] {
        let awake = groups.filter { group in
            let calls = rules.calls(of: group.group)
            let isCalledWhole = calls.mention == .group && hasUserGroup(group.group)
            return calls.mention != .nobody && !isCalledWhole && calls.quiet?.contains(now) != true
        }
        let chosen = Self.inTurn(awake).prefix(Self.mostMentioned)
        guard let channel else { return Array(chosen) }
        let there = awake.filter { rules.calls(of: $0.group).channel == channel }
        return chosen.filter { person in there.contains { $0.people.contains(person) } }
    }

    /// Mentions of the groups that are called as a whole in a channel, where the platform knows them.
    /// - Parameter channel: see ``mentioned(in:)``.
    func groupMentions(in channel: Channel? = nil) -> [RichText] {
        groups.flatMap { group -> [RichText] in
            let calls = rules.calls(of: group.group)
            let isThere = channel == nil || calls.channel == channel
            guard calls.mention == .group, isThere, !group.people.isEmpty, calls.quiet?.contains(now) != true else {
                return []
            }
            let userGroups = (rules.policy.userGroups.inGroup[group.group] ?? []).sorted { "\($0)" < "\($1)" }
            return userGroups.map { RichText([.group($0, name: group.group)]) }
        }
    }

    private func hasUserGroup(_ group: String) -> Bool { rules.policy.userGroups.inGroup[group] != nil }

    /// Returns mentions for a line in one of the channels: of those, and of the groups, who are not called in another
    /// channel of their own. None where nobody is.
    func called(in channel: Channel) -> [RichText] {
        guard channel == conversation else {
            return groupMentions(in: channel) + mentioned(in: channel).map { rules.mention($0, in: channel) }
        }
        let others = channels.filter { $0 != conversation }
        let people = Set(others.flatMap { mentioned(in: $0) })
        let whole = Set(others.flatMap { groupMentions(in: $0) })
        return groupMentions().filter { !whole.contains($0) }
            + mentioned().filter { !people.contains($0) }.map { rules.mention($0, in: channel) }
    }

    /// The channels for requests to the groups.
    var channels: [Channel] {
        groups.compactMap { rules.calls(of: $0.group).channel }.reduce(into: []) { all, channel in
            if !all.contains(channel) { all.append(channel) }
        }
    }

    /// The channels in which somebody is called now, each once: the conversation first.
    var placesToCall: [Channel] {
        ([conversation] + channels.filter { $0 != conversation }).filter { !called(in: $0).isEmpty }
    }

    /// The moment at which the first of the groups can be mentioned again, if all of them that are mentioned at all have
    /// quiet hours now; else nil.
    var asleepUntil: Timestamp? { quietEnds.contains(nil) ? nil : firstWaking }

    /// The moment at which the first quiet hours end that any of the groups has now; nil where none has.
    var firstWaking: Timestamp? { quietEnds.compactMap(\.self).min() }

    /// The ends of the quiet hours of the groups that are mentioned at all; nil for one that has none now.
    private var quietEnds: [Timestamp?] {
        groups.filter { rules.calls(of: $0.group).mention != .nobody && !$0.people.isEmpty }
            .map { rules.calls(of: $0.group).quiet?.end(after: now) }
    }

    private static func inTurn(_ groups: [Asked]) -> [String] {
        var people: [String] = []
        for place in 0..<(groups.map(\.people.count).max() ?? 0) {
            for group in groups where place < group.people.count && !people.contains(group.people[place]) {
                people.append(group.people[place])
            }
        }
        return people
    }
}

extension Rulebook {
    /// Returns how members of a group are called to a request.
    func calls(of group: String) -> GroupCalls { groupCalls[group] ?? GroupCalls() }

    /// Returns a mention of a person by their account in a channel's workspace; their name where they have none there.
    func mention(_ person: String, in channel: Channel) -> RichText {
        let account = policy.account(ofMember: person, platform: channel.platform, workspace: channel.workspace)
        guard let account else { return RichText([.plain(person)]) }
        return RichText([.mention(account, name: person)])
    }

    /// Returns a mention of somebody who asked for something; their name where they cannot be mentioned.
    func mention(_ actor: Actor, in channel: Channel) -> RichText {
        actor.person.map { mention($0, in: channel) } ?? "\(actor)"
    }

    /// Returns mentions of people as a list: `@bob or @carol`.
    func mentions(_ people: [String], in channel: Channel) -> RichText {
        RichText(listing: people.map { mention($0, in: channel) }, last: "or")
    }
}
