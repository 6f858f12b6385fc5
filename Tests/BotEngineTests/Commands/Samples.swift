import BotCore
import BotEngine

/// The clusters that typed lines speak of.
enum Samples {
    static let prod = Cluster(id: 42, name: "prod-train", project: "vision", labels: ["env": "prod", "team": "vision"])
    static let dev = Cluster(id: 43, name: "Dev-Train", project: "nlp", labels: ["env": "dev", "team": "nlp"])
    static let clusters = [prod, dev]

    static let grammar = Grammar(clusters: clusters, ipTypes: ["reserved"])

    /// The change that a text asks for.
    static func asked(_ text: String, _ grammar: Grammar = grammar) throws -> AskedChange {
        guard case .change(let asked) = try grammar.understand(text) else { throw NoChange(text: text) }
        return asked
    }

    struct NoChange: Error { let text: String }
}

/// Short forms, for lists of what lines mean.
extension Understood {
    static func help(topic: String?) -> Self { .command(Help(topic: topic)) }
    static var list: Self { .command(List()) }
    static var pending: Self { .command(Pending()) }
    static var whoami: Self { .command(Whoami()) }
    static var version: Self { .command(Version()) }
    static func approve(change: Int, comment: String?, digest: String?) -> Self {
        .command(Approve(change: change, comment: comment, plan: .typed(digest)))
    }
    static func deny(change: Int, reason: String?) -> Self { .command(Deny(change: change, reason: reason)) }
    static func cancel(change: Int) -> Self { .command(Cancel(change: change)) }
    static func confirm(change: Int, digest: String?) -> Self {
        .command(Confirm(change: change, plan: .typed(digest)))
    }
    static func resolve(change: Int, succeeded: Bool, reason: String) -> Self {
        .command(Resolve(change: change, succeeded: succeeded, reason: reason))
    }
    static func show(change: Int) -> Self { .command(Show(change: change)) }
    static func status(cluster: Cluster) -> Self { .command(Status(cluster: cluster)) }
    static func history(cluster: Cluster?, count: Int) -> Self { .command(History(cluster: cluster, count: count)) }
    static func why(_ asked: AskedChange) -> Self { .command(Why(asked: asked)) }
    static func whoCanApprove(_ asked: AskedChange) -> Self { .command(WhoCanApprove(asked: asked)) }
}
