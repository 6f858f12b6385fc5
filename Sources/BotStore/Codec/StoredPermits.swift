import BotCore

/// Permits as JSON: `[{"needs":{"entries":[{"count":1,"from":"leads"}],"kind":"approvals","valid_ms":…,"within_ms":…},"rule":"…"}]`.
enum StoredPermits {
    static func encode(_ permits: [Permit]) -> String {
        if permits.isEmpty { return "[]" }
        return JSONValue.array(
            permits.map { .object(["rule": .string($0.rule), "needs": .object(needs($0.needs))]) }
        ).canonical
    }

    static func decode(_ text: String) -> [Permit]? {
        if text == "[]" { return [] }
        guard let values = (try? JSONValue(parsing: text))?.array else { return nil }
        let permits = values.compactMap { value -> Permit? in
            guard let rule = value["rule"]?.string, let needs = value["needs"].flatMap(needs) else { return nil }
            return Permit(rule: rule, needs: needs)
        }
        return permits.count == values.count ? permits : nil
    }

    private static func needs(_ needs: Needs) -> [String: JSONValue] {
        switch needs {
        case .nothing: ["kind": "nothing"].mapValues(JSONValue.string)
        case .confirmation: ["kind": "confirmation"].mapValues(JSONValue.string)
        case .approvals(let approvals):
            [
                "kind": .string("approvals"),
                "entries": .array(
                    approvals.entries.map { .object(["from": .string($0.from), "count": .int($0.count)]) }
                ),
                "within_ms": .int(approvals.within.wholeMilliseconds),
                "valid_ms": .int(approvals.valid.wholeMilliseconds),
            ]
        }
    }

    private static func needs(_ value: JSONValue) -> Needs? {
        switch value["kind"]?.string {
        case "nothing": return .nothing
        case "confirmation": return .confirmation
        case "approvals":
            guard let values = value["entries"]?.array, let within = value["within_ms"]?.int,
                let valid = value["valid_ms"]?.int
            else { return nil }
            let entries = values.compactMap { entry -> ApprovalNeeds.Entry? in
                guard let from = entry["from"]?.string, let count = entry["count"]?.int else { return nil }
                return ApprovalNeeds.Entry(from: from, count: count)
            }
            // One that is lost would make the change need less.
            guard entries.count == values.count else { return nil }
            return .approvals(
                ApprovalNeeds(entries: entries, within: .milliseconds(within), valid: .milliseconds(valid))
            )
        default: return nil
        }
    }
}
