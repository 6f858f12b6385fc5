import BotConfiguration
import BotCore
import ConfigurationTree
import Glibc
import SlackChat

/// Answers questions to the policy in a row, for the judges under `Tests/Judges`.
///
/// Each line of standard input is `{configuration, requests: [{as, in, right, cluster, parameters, members, approvers}]}`, where
/// `members` are the accounts in each user group of Slack; each line of
/// the output `{problems, answers: [{permits: [{rule, confirmation, approvals: [[group, count]]}], enough, reason}]}`.
@main
struct PolicyBatch {
    static func main() throws {
        while let line = readLine() {
            let asked = try JSONValue(parsing: line)
            print(answer(asked).canonical)
            fflush(nil)
        }
    }

    private static func answer(_ asked: JSONValue) -> JSONValue {
        do {
            let configuration = try Configuration.read(
                Array((asked["configuration"] ?? .null).canonical.utf8),
                named: "policy",
                platforms: [SlackModule()]
            )
            let answers = (asked["requests"]?.array ?? []).map { one($0, configuration) }
            return .object(["problems": .array([]), "answers": .array(answers)])
        } catch {
            return .object(["problems": .array(error.problems.map { .string($0.description) })])
        }
    }

    private static func one(_ asked: JSONValue, _ configuration: Configuration) -> JSONValue {
        let policy = configuration.policy.knowing(members(asked))
        guard let account = (asked["as"]?.string).flatMap(Account.init) else { return .null }
        let actor = policy.actor(account, name: "")
        let request = Policy.Request(
            actor: actor,
            channel: (asked["in"]?.string).flatMap(Channel.init),
            right: asked["right"]?.string ?? "",
            cluster: configuration.clusters.first { $0.id == asked["cluster"]?.int },
            parameters: asked["parameters"]?.object ?? [:]
        )
        let decision = decide(request, policy)
        guard case .allowed(let permits) = decision else {
            guard case .refused(let refusal) = decision else { return .null }
            let sets = asked["approvers"]?.array ?? []
            return .object([
                "permits": .array([]), "enough": .array(sets.map { _ in .bool(false) }),
                "reason": .string(refusal.sentence),
            ])
        }
        let enough = (asked["approvers"]?.array ?? []).map { names in
            let people = Set((names.array ?? []).compactMap(\.string)).subtracting([actor.person ?? ""])
            return JSONValue.bool(permits.contains { isMet($0.needs, by: people, policy) })
        }
        return .object(["permits": .array(permits.map(shown)), "enough": .array(enough), "reason": .null])
    }

    private static func members(_ asked: JSONValue) -> [UserGroup: UserGroups.Answer] {
        let known = (asked["members"]?.object ?? [:]).compactMap { name, accounts -> (UserGroup, UserGroups.Answer)? in
            guard let group = UserGroup("slack:\(name)") else { return nil }
            return (group, .members(Set((accounts.array ?? []).compactMap { $0.string.flatMap(Account.init) })))
        }
        return Dictionary(known, uniquingKeysWith: { first, _ in first })
    }

    /// Reading is asked about in its own way.
    private static func decide(_ request: Policy.Request, _ policy: Policy) -> Decision {
        guard request.right == Right.read else { return policy.decide(request) }
        let refusal = policy.mayRead(request.actor, channel: request.channel, cluster: request.cluster)
        return refusal.map(Decision.refused) ?? .allowed([Permit(rule: "", needs: .nothing)])
    }

    private static func isMet(_ needs: Needs, by people: Set<String>, _ policy: Policy) -> Bool {
        switch needs {
        case .nothing: true
        case .confirmation: false
        case .approvals(let needed): needed.areMet(by: people) { policy.approvers(in: $0, asked: nil) }
        }
    }

    private static func shown(_ permit: Permit) -> JSONValue {
        var approvals: [JSONValue] = []
        var rule = JSONValue.string(permit.rule)
        if permit.rule.isEmpty { rule = .null }
        if case .approvals(let needs) = permit.needs {
            var counts: [String: Int] = [:]
            for entry in needs.entries { counts[entry.from, default: 0] += entry.count }
            approvals = counts.sorted { $0.key < $1.key }.map { .array([.string($0.key), .int($0.value)]) }
        }
        return .object([
            "rule": rule, "confirmation": .bool(permit.needs == .confirmation), "approvals": .array(approvals),
        ])
    }
}
