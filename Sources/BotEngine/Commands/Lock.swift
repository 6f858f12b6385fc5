import BotCore

/// `42 lock "why" [--for 2h]`: nobody else's changes are sent to the cluster until the lock ends.
package struct Lock: Command, ClosingCommand {
    package static let form = CommandForm(
        "lock",
        summary: "keep others' changes away from a cluster, for 8 h unless you say otherwise",
        place: .behindCluster,
        topic: .close,
        examples: [#"{cluster} lock "why" --for 2h"#]
    )
    static let isLimited = true

    package let cluster: Cluster
    package let reason: String
    package let span: Duration

    package init(cluster: Cluster, reason: String, span: Duration = ClusterLock.usualSpan) {
        self.cluster = cluster
        self.reason = reason
        self.span = span
    }

    package static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self
    {
        guard let cluster else { throw WrongInput("Name a cluster.", example: "list") }
        let (start, right) = ("\(cluster.id) lock", #"\#(cluster.id) lock "benchmark running" --for 2h"#)
        let said = try grammar.closing(&words, behind: start, right: right, deciding: "locking", takesSpan: true)
        guard let reason = said.reason else {
            throw WrongInput("Say why, for everybody who finds it locked.", example: right, isSure: true)
        }
        return Self(cluster: cluster, reason: reason, span: said.span ?? ClusterLock.usualSpan)
    }

    func carryOut(by actor: Actor, in channel: Channel, at desk: ClosingDesk) throws -> DecisionResult {
        if let problem = desk.unknown(cluster, to: actor, in: channel) { return .notDone(problem) }
        let cluster = desk.rules.present(cluster)
        let rule: String?
        switch desk.decide(Right.lock, by: actor, on: [cluster], in: channel) {
        case .refused(let reason): return .notDone("\(reason) Nothing was locked.")
        case .allowed(let name): rule = name
        }
        let held = try desk.writer.lock(on: cluster.id, at: desk.now)
        if let held, held.closes(for: actor, desk.rules.policy) {
            let sentence = Closure.lock(held).sentence(on: cluster, for: actor, in: channel, desk.rules)
            return .notDone("\(sentence) Nothing was locked.")
        }
        let lock = ClusterLock(
            cluster: cluster,
            holder: actor,
            reason: reason,
            channel: channel,
            since: held?.since ?? desk.now,
            until: desk.now + span
        )
        try desk.take(lock, rule: rule)
        let again = held == nil ? "is locked" : "was locked by you already, and is now"
        return .done(
            "\(cluster.title) \(again) until `\(lock.until)`. Others' changes there are refused, and what they asked for "
                + "before waits. It ends earlier with `\(desk.rules.commandWords[channel]) \(cluster.id) unlock`."
        )
    }
}
