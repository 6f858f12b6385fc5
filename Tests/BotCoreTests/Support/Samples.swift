import BotCore
import FoundationEssentials

/// The clusters, people and places that the tests speak of.
enum Samples {
    static let prod = Cluster(id: 42, name: "prod-train", project: "vision", labels: ["env": "prod", "team": "vision"])
    static let dev = Cluster(id: 43, name: "Dev-Train", project: "nlp", labels: ["env": "dev", "team": "nlp"])
    static let clusters = [prod, dev]

    static let amy = Actor(
        person: "amy",
        account: Account(platform: "slack", workspace: "T0001", user: "U0AMY"),
        name: "Amy"
    )
    static let bob = Actor(
        person: "bob",
        account: Account(platform: "slack", workspace: "T0001", user: "U0BOB"),
        name: "Bob"
    )
    static let stranger = Actor(
        person: nil,
        account: Account(platform: "slack", workspace: "T0001", user: "U0EVE"),
        name: "amy"
    )

    static let ops = Channel(platform: "slack", workspace: "T0001", id: "C0OPS")
    static let random = Channel(platform: "slack", workspace: "T0001", id: "C0RANDOM")

    static let noon = Timestamp(seconds: 1_795_435_200)

    /// A read that shows everything.
    static var reading: ClusterReading {
        var seen = ClusterReading()
        seen.nodes = 8
        seen.status = "Running"
        seen.imageVersion = 76
        seen.imageName = "Ubuntu Slurm v1"
        seen.sshKeys = [11, 12]
        seen.nodePrice = Price(1840, "INR")
        seen.reservedIPs = [9: .init(address: "192.0.2.9"), 10: .init(address: "192.0.2.10", owner: 43)]
        return seen
    }

    /// The change that a text asks for.
    static func asked(_ text: String) throws -> AskedChange {
        let grammar = Grammar(clusters: clusters, ipTypes: ["reserved"], commands: [], whenEmpty: Nothing())
        guard case .change(let asked) = try grammar.understand(text) else { throw NoChange(text: text) }
        return asked
    }

    struct NoChange: Error { let text: String }

    /// What an empty line means to a grammar that knows the actions alone.
    private struct Nothing: Command {
        static let form = CommandForm("nothing", summary: "")

        static func read(_ words: inout Words, of cluster: Cluster?, _ grammar: Grammar) throws(WrongInput) -> Self {
            Self()
        }
    }

    static func call(body: String = #"{"action":"scale_cluster","additional_nodes":4}"#) -> ClusterCall {
        ClusterCall(
            method: "PUT",
            path: "/distributed_jobs_v2/cluster/42/",
            query: "project_id=1187&location=Delhi",
            body: body
        )
    }
}

extension ClusterReading {
    /// The same read with a part of it otherwise.
    func with<Part>(_ part: WritableKeyPath<ClusterReading, Part>, _ value: Part) -> ClusterReading {
        var other = self
        other[keyPath: part] = value
        return other
    }
}
