import BotCore

extension Rulebook {
    /// Returns whether somebody may know of a change at all.
    func mayRead(_ change: Change, _ actor: Actor, in channel: Channel?) -> Bool {
        policy.mayRead(actor, channel: channel, cluster: present(change.cluster)) == nil
    }

    /// Returns the people who could approve a change now: they are in a group that is asked, may read its cluster, and
    /// are not its requester.
    func possibleApprovers(_ change: Change) -> Set<String> {
        policy.possibleApprovers(change.permits, requester: change.requester).filter { mayRead(change, person: $0) }
    }

    /// Returns one account on the change's platform of each person who could give a verdict on its unknown outcome,
    /// ordered by the person's name.
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

    /// Returns whether a person may know of a change, whichever account they use.
    func mayRead(_ change: Change, person: String) -> Bool {
        mayRead(change, Actor(person: person, account: nil, name: person), in: change.channel)
    }
}

extension Policy {
    /// Returns the answer about a change that does not exist, or that the person may not read. It is the same for both,
    /// so that it gives nothing away.
    func noSuchChange(_ id: Int) -> String { "There is no change #\(id) for you.\(contactSentence)" }
}
