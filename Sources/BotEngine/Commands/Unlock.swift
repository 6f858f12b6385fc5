import BotCore

/// `42 unlock ["why"]`: the cluster's lock ends. Whoever does not hold it needs the right to lock, and a reason.
package struct Unlock: Command, ClosingCommand {
    package static let form = CommandForm(
        "unlock",
        summary: "end a lock; others than who holds it say why",
        place: .behindCluster,
        topic: .close,
        examples: ["{cluster} unlock"]
    )
    static let isLimited = false

    package let cluster: Cluster
    package let reason: String?
    /// The begin of the lock that a button is about; nil: whichever lock there is.
    package let since: Timestamp?

    package init(cluster: Cluster, reason: String? = nil, since: Timestamp? = nil) {
        self.cluster = cluster
        self.reason = reason
        self.since = since
    }

    /// The command that a button stands for; nil for other buttons. Which cluster it is the desk looks up.
    init?(_ click: InboundClick) {
        guard click.button == Message.Button.Kind.unlock.rawValue, let value = LockButtonValue(click.value) else {
            return nil
        }
        self.init(cluster: Cluster(id: value.cluster, name: "", project: ""), since: value.since)
    }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        guard let cluster else { throw WrongInput("Name a cluster.", example: "list") }
        let (start, right) = ("\(cluster.id) unlock", #"\#(cluster.id) unlock "the benchmark is over""#)
        return Self(
            cluster: cluster,
            reason: try grammar.closing(&words, behind: start, right: right, deciding: "unlocking").reason
        )
    }

    func carryOut(by actor: Actor, in channel: Channel, at desk: ClosingDesk) throws -> DecisionResult {
        if let problem = desk.unknown(cluster, to: actor, in: channel) { return .notDone(problem) }
        let cluster = desk.rules.present(cluster)
        guard let lock = try desk.writer.lock(on: cluster.id, at: desk.now) else {
            return .notDone("\(cluster.title) is not locked.")
        }
        if let since, since != lock.since {
            return .notDone(
                "That button belongs to an earlier lock. Nothing was done. To end the present one, which "
                    + "\(lock.holder.shownName) holds: `\(desk.rules.commandWords[channel]) \(cluster.id) unlock`"
            )
        }
        var rule: String?
        if lock.closes(for: actor, desk.rules.policy) {
            switch desk.decide(Right.lock, by: actor, on: [cluster], in: channel) {
            case .refused:
                let sentence = Closure.lock(lock).sentence(on: cluster, for: actor, in: channel, desk.rules)
                return .notDone("\(sentence) Without the right `lock` you cannot end it.")
            case .allowed(let name): rule = name
            }
            guard reason != nil else {
                return .notDone(
                    "\(lock.holder.shownName) holds the lock of \(cluster.title): \(lock.reason.quotation). To end it all "
                        + "the same, say why: `\(desk.rules.commandWords[channel]) \(cluster.id) unlock \"…\"`"
                )
            }
        }
        try desk.end(lock, by: actor, in: channel, reason: reason, rule: rule)
        return .done("\(cluster.title) is unlocked.")
    }
}
