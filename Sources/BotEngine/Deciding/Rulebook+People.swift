import BotCore

extension Rulebook {
    /// Whether somebody may know of a change at all.
    func mayRead(_ change: Change, _ actor: Actor, in channel: Channel?) -> Bool {
        policy.mayRead(actor, channel: channel, cluster: present(change.cluster)) == nil
    }

    /// The people who could agree to a change now: in a group that is asked, not its requester, and allowed to read its
    /// cluster.
    func possibleApprovers(_ change: Change) -> Set<String> {
        policy.possibleApprovers(change.permits, requester: change.requester).filter { mayRead(change, person: $0) }
    }

    /// The people who could give a verdict on a change's unknown outcome, by name.
    func possibleJudges(_ change: Change) -> [Account] {
        let all = Dictionary(grouping: policy.people.keys.filter { $0.platform == change.channel.platform }) {
            policy.people[$0] ?? ""
        }
        return all.sorted { $0.key < $1.key }.compactMap { person, accounts -> Account? in
            let request = Policy.Request(
                actor: Actor(person: person, account: nil, name: person),
                channel: change.channel,
                right: Right.resolve,
                cluster: present(change.cluster)
            )
            guard mayRead(change, person: person), case .allowed = policy.decide(request) else { return nil }
            return accounts.min { $0.description < $1.description }
        }
    }

    /// The same of a person, whichever account they use.
    func mayRead(_ change: Change, person: String) -> Bool {
        mayRead(change, Actor(person: person, account: nil, name: person), in: change.channel)
    }
}

extension Policy {
    /// What everybody is told of a change that is not there, or not for them. The same, so that it says nothing.
    func noSuchChange(_ id: Int) -> String { "There is no change #\(id) for you.\(contactSentence)" }
}
