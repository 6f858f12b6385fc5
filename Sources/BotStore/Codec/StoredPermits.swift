import BotCore

/// Permits as JSON: `[{"needs":{"entries":[{"count":1,"from":"leads"}],"kind":"approvals","valid_ms":…,"within_ms":…},"rule":"…"}]`.
enum StoredPermits {
    static func encode(_ permits: [Permit]) -> String {
        if permits.isEmpty { return "[]" }
        var text = CanonicalWriter(capacity: 256)
        text.array(permits) { permit, text in
            text.object { text in
                if !permit.floors.isEmpty {
                    text.member("floors") { text in text.array(permit.floors) { floor, text in text.string(floor) } }
                }
                text.member("needs") { encode(permit.needs, &$0) }
                text.member("rule", permit.rule)
            }
        }
        return text.text
    }

    static func decode(_ text: String) -> [Permit]? {
        if text == "[]" { return [] }
        guard let values = (try? JSONValue(parsing: text))?.array else { return nil }
        let permits = values.compactMap { value -> Permit? in
            guard let rule = value["rule"]?.string, let needs = value["needs"].flatMap(needs) else { return nil }
            let floors = value["floors"]?.array?.compactMap(\.string) ?? []
            return Permit(rule: rule, needs: needs, floors: floors)
        }
        return permits.count == values.count ? permits : nil
    }

    private static func encode(_ needs: Needs, _ text: inout CanonicalWriter) {
        text.object { text in
            switch needs {
            case .nothing: text.member("kind", "nothing")
            case .confirmation: text.member("kind", "confirmation")
            case .approvals(let approvals):
                text.member("entries") { text in
                    text.array(approvals.entries) { entry, text in
                        text.object { text in
                            text.member("count", entry.count)
                            text.member("from", entry.from)
                            if let then = entry.then {
                                text.member("then") { text in
                                    text.object { text in
                                        text.member("after_ms", then.after.wholeMilliseconds)
                                        text.member("asked", .bool(entry.isFurtherGroupAsked))
                                        text.member("from", then.from)
                                    }
                                }
                            }
                        }
                    }
                }
                text.member("kind", "approvals")
                text.member("valid_ms", approvals.valid.wholeMilliseconds)
                text.member("within_ms", approvals.within.wholeMilliseconds)
            }
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
                guard let then = entry["then"] else { return ApprovalNeeds.Entry(from: from, count: count) }
                guard let after = then["after_ms"]?.int, let further = then["from"]?.string,
                    let isAsked = then["asked"]?.bool
                else { return nil }
                return ApprovalNeeds.Entry(
                    from: from,
                    count: count,
                    then: .init(after: .milliseconds(after), from: further),
                    isFurtherGroupAsked: isAsked
                )
            }
            // If an entry were lost, the change would need less.
            guard entries.count == values.count else { return nil }
            return .approvals(
                ApprovalNeeds(entries: entries, within: .milliseconds(within), valid: .milliseconds(valid))
            )
        default: return nil
        }
    }
}
