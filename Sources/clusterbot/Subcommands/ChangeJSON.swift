import BotCore
import BotEngine

/// A change as `changes list --json` prints it. The names are guaranteed ("Guarantees" in the handbook).
struct ChangeJSON {
    private let document: [String: JSONValue]

    /// Reads what stands beside the change in the store.
    init(_ change: Change, _ reader: any StoreReader) throws {
        let approvals = try reader.approvals(of: change.id)
        let replacement = try reader.replacement(of: change)
        document = [
            "id": .int(change.id),
            "state": .string(change.state.rawValue),
            "how_known": .optional(change.howKnown?.rawValue),
            "cluster": .object(["id": .int(change.cluster.id), "name": .string(change.cluster.name)]),
            "action": .string(change.action),
            "parameters": .object(change.parameters),
            "requester": .object([
                "person": .optional(change.requester.person),
                "account": .optional(change.requester.account?.description),
            ]),
            "channel": .string(change.channel.description),
            "reason": .optional(change.reasons.first),
            "approvals": .array(approvals.map(Self.approval)),
            "digest": .optional(change.plan?.digest),
            "replaces": change.replaces.map { .int($0) } ?? .null,
            "replaced_by": replacement.map { .int($0) } ?? .null,
            "created_at": .string(change.createdAt.description),
            "updated_at": .string(change.updatedAt.description),
            "outcome": .optional(change.outcome),
        ]
    }

    var text: String { JSONValue.object(document).canonical }

    /// The change for people: a line a field, in the order of "Guarantees" in the handbook.
    var lines: [String] {
        [
            "id", "state", "how_known", "cluster", "action", "parameters", "requester", "channel", "reason",
            "approvals", "digest", "replaces", "replaced_by", "created_at", "updated_at", "outcome",
        ].compactMap { name in
            guard let value = document[name], !value.isNull else { return nil }
            return "\(name): \(value.string.map { TerminalText.line($0) } ?? TerminalText.json(value.canonical))"
        }
    }

    private static func approval(_ approval: Approval) -> JSONValue {
        .object([
            "person": .optional(approval.actor.person),
            "account": .optional(approval.actor.account?.description),
            "decision": .string(approval.verdict.rawValue),
            "at": .string(approval.at.description),
            "comment": .optional(approval.comment),
        ])
    }
}
