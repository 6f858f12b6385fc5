import BotCore

extension Samples {
    static let groups: [String: Set<String>] = ["engineers": ["amy", "bob"], "leads": ["bob", "carl"]]

    static func policy(
        _ rules: [Rule],
        groups: [String: Set<String>] = groups,
        destructive: Set<String> = ActionCatalogue.destructiveByDefault,
        approvalDefault: ApprovalNeeds? = nil,
        contact: String? = nil
    ) -> Policy {
        Policy(
            people: [Account(platform: "slack", workspace: "T0001", user: "U0AMY"): "amy"],
            groups: groups,
            rules: rules,
            destructive: destructive,
            approvalDefault: approvalDefault,
            contact: contact,
            digest: "d"
        )
    }

    static func allow(
        _ name: String = "allow",
        _ rights: Set<String> = ["scale_cluster"],
        who: Set<Rule.Subject> = [.group("engineers")],
        clusters: Rule.ClusterSelector? = nil,
        channels: Set<Channel>? = nil,
        limits: [String: Int] = [:],
        values: [String: Set<JSONValue>] = [:],
        needs: Needs? = .nothing
    ) -> Rule {
        Rule(
            name: name,
            effect: .allow,
            rights: rights,
            who: who,
            clusters: clusters,
            channels: channels,
            limits: limits,
            values: values,
            needs: needs
        )
    }

    static func forbid(
        _ name: String = "forbid",
        _ rights: Set<String> = ["scale_cluster"],
        who: Set<Rule.Subject> = [.everyone],
        clusters: Rule.ClusterSelector? = nil,
        channels: Set<Channel>? = nil,
        limits: [String: Int] = [:]
    ) -> Rule {
        Rule(
            name: name,
            effect: .forbid,
            rights: rights,
            who: who,
            clusters: clusters,
            channels: channels,
            limits: limits
        )
    }

    static func require(
        _ name: String,
        _ entries: [(from: String, count: Int)],
        _ rights: Set<String> = ["scale_cluster"],
        who: Set<Rule.Subject> = [.everyone],
        clusters: Rule.ClusterSelector? = nil,
        within: Duration = ApprovalNeeds.usualWithin
    ) -> Rule {
        Rule(
            name: name,
            effect: .require,
            rights: rights,
            who: who,
            clusters: clusters,
            needs: .approvals(
                ApprovalNeeds(entries: entries.map { .init(from: $0.from, count: $0.count) }, within: within)
            )
        )
    }

    static func request(
        _ right: String = "scale_cluster",
        by actor: Actor = amy,
        in channel: Channel? = ops,
        on cluster: Cluster? = prod,
        _ parameters: [String: JSONValue] = ["additional_nodes": .int(4)]
    ) -> Policy.Request {
        Policy.Request(actor: actor, channel: channel, right: right, cluster: cluster, parameters: parameters)
    }
}

extension Decision {
    var permits: [Permit]? { if case .allowed(let permits) = self { permits } else { nil } }
    var refusal: Refusal? { if case .refused(let refusal) = self { refusal } else { nil } }
    var isAllowed: Bool { permits != nil }
}
