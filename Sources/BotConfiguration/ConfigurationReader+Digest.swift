import BotCore
import ConfigurationTree

extension ConfigurationReader {
    /// Returns the SHA-256 of everything that decides about rights, as canonical JSON. It is the same for every way to
    /// write the same policy, and holds nothing of the secrets. Rules keep their order, because a refusal may name one
    /// of several that nearly fit.
    func policyDigest(
        _ facts: PolicyFacts,
        rules: [Rule],
        destructive: Set<String>,
        approvalDefault: ApprovalNeeds?,
        reasons: ReasonNeeds,
        freezes: [Freeze],
        countsSocketApprovals: Bool
    ) -> String {
        let people = facts.people.list.map { ($0.name, JSONValue.strings($0.accounts.map(\.description))) }
        let channels = facts.channels.byName.mapValues { JSONValue.string($0.description) }
        let clusters = facts.clusters.list.sorted { $0.id < $1.id }.map { cluster in
            JSONValue.object([
                "id": .int(cluster.id), "name": .string(cluster.name), "project": .string(cluster.project),
                "labels": .object(cluster.labels.mapValues(JSONValue.string)),
            ])
        }
        var document: [String: JSONValue] = [
            "v": .int(1),
            "people": .object(Dictionary(people, uniquingKeysWith: { first, _ in first })),
            "groups": .object(facts.groups.members.mapValues { .strings($0) }),
            "channels": .object(channels),
            "clusters": .array(clusters),
            "destructive": .strings(destructive),
            "policy": .array(rules.map(\.canonicalValue)),
            "approval_default": approvalDefault?.canonicalValue ?? .null,
        ]
        // Only where it is so: a policy without them keeps its digest.
        if reasons != .none {
            document["reason"] = .object([
                "required": .strings(reasons.required), "pattern": reasons.pattern.map(JSONValue.string) ?? .null,
            ])
        }
        if !facts.groups.userGroups.isEmpty {
            document["user_groups"] = .object(
                facts.groups.userGroups.mapValues { .strings($0.map(\.description)) }
            )
            document["unlisted_approvers"] = .bool(facts.groups.unlistedApprove)
        }
        if !freezes.isEmpty { document["freezes"] = .array(freezes.map(\.canonicalValue)) }
        if countsSocketApprovals { document["socket_approvals"] = .bool(true) }
        return sha256Hex(JSONValue.object(document).canonical)
    }
}

extension Rule {
    fileprivate var canonicalValue: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name),
            "effect": .string(effect.rawValue),
            "rights": .strings(rights),
            "who": .strings(who.map(\.written)),
            "clusters": clusters?.canonicalValue ?? .null,
            "in": channels.map { .strings($0.map(\.description)) } ?? .null,
            "limits": .object(limits.mapValues(JSONValue.int)),
            "values": .object(values.mapValues { .array($0.sorted { $0.canonical < $1.canonical }) }),
            "needs": needs?.canonicalValue ?? .null,
        ]
        // Only where there are some: a policy without them keeps its digest.
        if !channelTemplates.isEmpty { members["in_by_label"] = .strings(channelTemplates) }
        return .object(members)
    }
}

extension Freeze {
    fileprivate var canonicalValue: JSONValue {
        .object([
            "name": .string(name), "from": .string(from.description), "until": .string(until.description),
            "clusters": clusters?.canonicalValue ?? .null,
            "except": exceptions.map {
                .object(["who": .strings($0.who.map(\.written)), "actions": .strings($0.actions)])
            }
                ?? .null,
        ])
    }
}

extension Rule.Subject {
    fileprivate var written: String {
        switch self {
        case .everyone: "everyone"
        case .group(let name): "group:\(name)"
        case .person(let name): "person:\(name)"
        }
    }
}

extension Rule.ClusterSelector {
    fileprivate var canonicalValue: JSONValue {
        .object([
            "ids": ids.map { .ints($0.sorted()) } ?? .null,
            "names": names.map { .strings($0) } ?? .null,
            "labels": labels.map { .object($0.mapValues { .strings($0) }) } ?? .null,
        ])
    }
}

extension Needs {
    fileprivate var canonicalValue: JSONValue {
        switch self {
        case .nothing: .string("none")
        case .confirmation: .string("confirmation")
        case .approvals(let needs): needs.canonicalValue
        }
    }
}

extension ApprovalNeeds {
    fileprivate var canonicalValue: JSONValue {
        .object([
            "approvals": .array(entries.map(\.canonicalValue)),
            "within_ms": .int(within.wholeMilliseconds),
            "valid_ms": .int(valid.wholeMilliseconds),
        ])
    }
}

extension ApprovalNeeds.Entry {
    fileprivate var canonicalValue: JSONValue {
        var entry: [String: JSONValue] = ["from": .string(from), "count": .int(count)]
        if let then {
            entry["then"] = .object(["from": .string(then.from), "after_ms": .int(then.after.wholeMilliseconds)])
        }
        return .object(entry)
    }
}

extension JSONValue {
    /// Returns texts in an order that does not depend on the order in the file.
    fileprivate static func strings(_ texts: some Sequence<String>) -> JSONValue {
        .array(texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map(JSONValue.string))
    }
}
