import BotCore

extension Rulebook {
    /// Understands what somebody typed. Nothing that is offered or named in an error tells them of a cluster that they may not
    /// see.
    func understand(_ command: InboundCommand, by actor: Actor) throws(WrongInput) -> Understood {
        try grammar.understand(
            command.text,
            visible: { clusters.filter { policy.mayRead(actor, channel: command.channel, cluster: $0) == nil } }
        )
    }

    /// Returns whether somebody may know of a change at all.
    func mayRead(_ change: Change, _ actor: Actor, in channel: Channel?) -> Bool {
        policy.mayRead(actor, channel: channel, cluster: present(change.cluster)) == nil
    }

    /// Returns those who could approve a change now, by name: they are in a group that is asked, may read its cluster, and
    /// are not its requester. Members of user groups who are not listed are named by their account
    /// (``Policy/account(ofMember:platform:workspace:)``).
    func possibleApprovers(_ change: Change) -> Set<String> {
        policy.possibleApprovers(change.permits, requester: change.requester, asked: change.asked).filter {
            mayRead(change, name: $0)
        }
    }

    /// Returns one account on the change's platform of each person who could give a verdict on its unknown outcome,
    /// ordered by the person's name.
    func possibleJudges(_ change: Change) -> [Account] {
        let accounts = Array(policy.people.keys) + policy.unlistedMembers
        let all = Dictionary(grouping: accounts.filter { $0.platform == change.channel.platform }) {
            policy.people[$0] ?? $0.description
        }
        return all.sorted { $0.key < $1.key }.compactMap { name, accounts -> Account? in
            let request = Policy.Request(
                actor: policy.actor(named: name),
                channel: change.channel,
                right: Right.resolve,
                cluster: present(change.cluster)
            )
            guard mayRead(change, name: name), policy.allows(request) else { return nil }
            return accounts.min { $0.description < $1.description }
        }
    }

    /// Returns whether somebody with this name as a member may know of a change, whichever account they use.
    func mayRead(_ change: Change, name: String) -> Bool {
        mayRead(change, policy.actor(named: name), in: change.channel)
    }
}

extension Policy {
    /// Returns the answer about a change that does not exist, or that the person may not read. It is the same for both,
    /// so that it gives nothing away.
    func noSuchChange(_ id: Int) -> String { "There is no change #\(id) for you.\(contactSentence)" }
}
