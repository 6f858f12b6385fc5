import BotCore

/// How many locks and freezes are in force, for metrics.
package struct ClosureCount: Hashable, Sendable {
    package let locks: Int
    package let freezes: Int

    package init(_ reader: any StoreReader, _ rules: Rulebook, at now: Timestamp) throws {
        locks = try reader.locks().count { $0.isInForce(at: now) }
        freezes = try reader.freezes(rules, at: now).count
    }
}
