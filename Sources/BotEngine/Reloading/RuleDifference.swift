import BotCore

/// Counts the rules that differ between two policies. A rule is the same as long as it has its name.
package struct RuleDifference: Hashable, Sendable {
    package let added: Int
    package let changed: Int
    package let removed: Int

    package init(from before: [Rule], to now: [Rule]) {
        let old = Dictionary(before.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(now.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        added = new.keys.count { old[$0] == nil }
        removed = old.keys.count { new[$0] == nil }
        changed = new.count { name, rule in old[name].map { $0 != rule } ?? false }
    }

    package var isNone: Bool { added + changed + removed == 0 }

    var detail: [String: JSONValue] {
        ["rules_added": .int(added), "rules_changed": .int(changed), "rules_removed": .int(removed)]
    }
}
