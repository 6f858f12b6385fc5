import BotConfiguration
import BotCore
import BotEngine
import ClusterAPI
import ConfigurationTree
import SlackChat
import TerminalChat

/// A configuration file: it is understood, or every problem has a place in it; and what is understood decides everything
/// that can be asked, and nothing for strangers.
enum ConfigurationCheck {
    static func run(_ input: [UInt8]) throws {
        do {
            let configuration = try Configuration.read(
                input,
                named: "file",
                platforms: [SlackModule(), TerminalModule()]
            )
            try check(configuration)
            try checkPlaces(configuration.warnings, input)
            let again = try Configuration.read(input, named: "file", platforms: [SlackModule(), TerminalModule()])
            try require(again.policy.digest == configuration.policy.digest, "the same file has two digests")
        } catch let problems as ConfigurationProblems {
            try require(!problems.problems.isEmpty, "refused without a problem")
            try checkPlaces(problems.problems + problems.warnings, input)
        }
    }

    private static func checkPlaces(_ problems: [ConfigurationProblem], _ input: [UInt8]) throws {
        let scalars = Array(String(decoding: input, as: UTF8.self).unicodeScalars)
        // YAML begins a new line at more characters than editors do.
        let lines = scalars.count { "\n\r\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0) } + 1
        let longest = scalars.split(separator: "\n").map(\.count).max() ?? 0
        for problem in problems {
            try require(problem.file == "file" && !problem.message.isEmpty, "nothing said: \(problem)")
            try require(problem.message.isOneCleanLine, "the message is not one line: \(problem)")
            // The end of a file that ends with a line break is a line of its own.
            try require((1...lines + 1).contains(problem.line), "no such line of \(lines): \(problem)")
            try require((1...longest + 2).contains(problem.column), "no such column of \(longest): \(problem)")
        }
    }

    private static func check(_ configuration: Configuration) throws {
        let clusters = configuration.clusters
        try require(!clusters.isEmpty, "no cluster")
        try require(Set(clusters.map(\.id)).count == clusters.count, "an id twice")
        try require(Set(clusters.map { $0.name.lowercased() }).count == clusters.count, "a name twice")
        try require(
            clusters.allSatisfy { $0.id > 0 && !ReservedWords.first.contains($0.name.lowercased()) },
            "a name"
        )
        let projects = configuration.clusterAPI.projects
        try require(clusters.allSatisfy { projects[$0.project] != nil }, "a cluster without project")
        let grammar = Grammar(clusters: clusters, ipTypes: configuration.ipTypes)
        for cluster in clusters.prefix(4) {
            let command = try? grammar.understand("\(cluster.name) status")
            try require(command == .command(Status(cluster: cluster)), "the cluster \(cluster.name) cannot be named")
        }
        try decideAll(configuration)
    }

    /// A bound on the questions that are asked of one file.
    private static let most = 4

    private static func decideAll(_ configuration: Configuration) throws {
        let policy = configuration.policy
        let stranger = policy.actor(Account(platform: "slack", workspace: "T0", user: "U0NOBODY"), name: "?")
        let known = configuration.people.prefix(most).compactMap(\.accounts.first).map { policy.actor($0, name: "x") }
        for cluster in configuration.clusters.prefix(most) {
            for spec in ActionCatalogue.all {
                for actor in known + [stranger] {
                    let request = Policy.Request(actor: actor, channel: nil, right: spec.name, cluster: cluster)
                    guard case .allowed(let permits) = policy.decide(request) else { continue }
                    try require(actor.person != nil, "somebody whom nobody lists may \(spec.name)")
                    try require(!permits.isEmpty, "allowed without a permit")
                    try check(permits, policy)
                    let forbids = policy.rules.contains { rule in
                        rule.effect == .forbid && rule.rights.contains(spec.name) && rule.clusters == nil
                            && rule.who.contains(.everyone)
                    }
                    try require(!forbids, "\(spec.name) is allowed and forbidden to everyone")
                }
            }
        }
    }

    private static func check(_ permits: [Permit], _ policy: Policy) throws {
        for case .approvals(let needs) in permits.map(\.needs) {
            try require(!needs.entries.isEmpty, "agreement of nobody")
            try require(needs.within > .zero && needs.valid > .zero, "no time to agree")
            for entry in needs.entries {
                let members = policy.members(of: entry.from).count
                try require(entry.count >= 1 && members >= entry.count, "\(entry.count) of \(members) must agree")
            }
        }
    }
}
