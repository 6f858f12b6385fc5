import BotCore

@testable import BotEngine

/// The people of the tests.
enum Person: String, CaseIterable {
    /// An engineer.
    case amy
    /// Leads.
    case bob, cat
    /// Owners.
    case dan, fay
    /// Listed, in no group.
    case eve
    /// Nobody lists her.
    case zoe

    var account: Account { Account(platform: "slack", workspace: "T1", user: "U0\(rawValue.uppercased())") }
    var actor: Actor { Actor(person: self == .zoe ? nil : rawValue, account: account, name: rawValue) }
}

extension Channel {
    static let ops = Channel(platform: "slack", workspace: "T1", id: "C0OPS")
    static let lab = Channel(platform: "slack", workspace: "T1", id: "C0LAB")
    static let log = Channel(platform: "slack", workspace: "T1", id: "C0LOG")
    static func room(_ number: Int) -> Channel { Channel(platform: "slack", workspace: "T1", id: "C\(number)") }
    static let direct = Channel(platform: "slack", workspace: "T1", id: "D0AMY")
}

/// The configuration of the tests, to be changed as they need it.
struct TestRules {
    /// What a rule is about: the clusters with this label `env`.
    static let prod = Cluster(id: 42, name: "prod-train", project: "vision", labels: ["env": "prod"])
    static let dev = Cluster(id: 43, name: "dev-train", project: "nlp", labels: ["env": "dev"])
    static let lab = Cluster(id: 44, name: "lab", project: "nlp", labels: ["env": "lab"])
    static let pair = Cluster(id: 45, name: "pair", project: "nlp", labels: ["env": "pair"])
    static let either = Cluster(id: 46, name: "either", project: "nlp", labels: ["env": "either"])
    static let devTwo = Cluster(id: 53, name: "dev-two", project: "nlp", labels: ["env": "dev"])

    var clusters = [prod, dev, lab, pair, either, devTwo]
    var listed: Set<Person> = Set(Person.allCases).subtracting([.zoe])
    var groups: [String: Set<String>] = ["engineers": ["amy"], "leads": ["bob", "cat"], "owners": ["dan", "fay"]]
    var rules = [
        rule("engineers act on dev", env: "dev", needs: .nothing),
        rule("a lead agrees", env: "prod", needs: approvals(("leads", 1)), limits: ["additional_nodes": 16]),
        rule("confirm in the lab", env: "lab", needs: .confirmation),
        rule("two leads agree", env: "pair", needs: approvals(("leads", 2))),
        rule("a lead agrees on either", env: "either", needs: approvals(("leads", 1), within: .seconds(600))),
        rule("two owners agree on either", env: "either", needs: approvals(("owners", 2))),
        Rule(name: "leads settle", effect: .allow, rights: [Right.resolve, Right.release], who: [.group("leads")]),
    ]
    var reconcile = ReconcileSettings()
    /// Far from what most tests ask for.
    var limits = RequestLimits(openChanges: 1000, requestsPerMinute: 10_000)
    var statuses = StatusKinds()
    var groupCalls: [String: GroupCalls] = [:]
    var freezes: [Freeze] = []
    var withoutApprovals: Set<String> = []
    var reasons = ReasonNeeds.none
    /// The user groups that count towards groups, too.
    var userGroups: [String: Set<UserGroup>] = [:]
    var unlistedApprove = false
    var digest = "policy-1"

    var rulebook: Rulebook {
        Rulebook(
            clusters: clusters,
            ipTypes: ["reserved"],
            policy: Policy(
                people: Dictionary(uniqueKeysWithValues: listed.map { ($0.account, $0.rawValue) }),
                groups: groups,
                rules: rules,
                contact: "#platform-help",
                withoutApprovals: withoutApprovals,
                reasons: reasons,
                userGroups: UserGroups(inGroup: userGroups, unlistedApprove: unlistedApprove),
                digest: digest
            ),
            reconcile: reconcile,
            limits: limits,
            statuses: statuses,
            groupCalls: groupCalls,
            freezes: freezes,
            commandWords: "/cluster"
        )
    }

    /// The same with the policy's new digest, as after reading a changed file.
    func changed(_ change: (inout Self) -> Void) -> Rulebook {
        var rules = self
        rules.digest = "policy-2"
        change(&rules)
        return rules.rulebook
    }

    /// The leads may lock and freeze everything, amy may lock what is for development.
    static var withClosing: TestRules {
        var rules = TestRules()
        rules.rules += [
            Rule(name: "leads close", effect: .allow, rights: [Right.lock, Right.freeze], who: [.group("leads")]),
            Rule(
                name: "engineers close dev",
                effect: .allow,
                rights: [Right.lock, Right.freeze],
                who: [.group("engineers")],
                clusters: .init(labels: ["env": ["dev"]])
            ),
        ]
        return rules
    }

    static func rule(_ name: String, env: String, needs: Needs, limits: [String: Int] = [:]) -> Rule {
        Rule(
            name: name,
            effect: .allow,
            rights: Set(ActionCatalogue.all.map(\.name)),
            who: [.group("engineers"), .group("leads")],
            clusters: .init(labels: ["env": [env]]),
            limits: limits,
            needs: needs
        )
    }

    static func approvals(
        _ entries: (from: String, count: Int)...,
        within: Duration = .seconds(1800),
        valid: Duration = .seconds(900)
    ) -> Needs {
        .approvals(
            ApprovalNeeds(entries: entries.map { .init(from: $0.from, count: $0.count) }, within: within, valid: valid)
        )
    }
}
