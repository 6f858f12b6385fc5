import BotCore

/// Puts re-read rules in force while the service runs, records that, and applies them at once to what is open.
package struct Reload: Sendable {
    let context: EngineContext

    package init(context: EngineContext) { self.context = context }

    /// The most open changes that are looked at in one transaction: webhooks wait behind it.
    private static let portion = 100

    /// Replaces the rules, and returns once every open change is as they want it.
    ///
    /// The rules are replaced in the transaction that records it, so that no entry is decided by rules that come later.
    /// Every transaction takes them anew: what is stored from then on is decided by the new ones, and what was stored
    /// before is found by the look at open changes.
    /// - Parameter file: the file for the history; nil if only secrets can have changed, which is not recorded.
    /// - Returns: the place of the entry; nil if there is none.
    /// - Throws: the store's last error when the service ends over it.
    @discardableResult
    package func putInForce(_ rulebook: Rulebook, from file: ReloadedFile?) async throws -> HistoryHead? {
        let before = context.rulebook
        guard let file else {
            context.replace(rulebook: rulebook)
            context.ringAll()
            return nil
        }
        let head = try await record(file, before, rulebook)
        try await applyToOpenChanges(before)
        context.ringAll()
        return head
    }

    private func record(_ file: ReloadedFile, _ before: Rulebook, _ rulebook: Rulebook) async throws -> HistoryHead {
        let now = rulebook.policy
        let difference = RuleDifference(from: before.policy.rules, to: now.rules)
        let detail = file.detail.merging(difference.detail) { first, _ in first }
        return try await context.insist(on: "reload") {
            try await context.store.write { writer in
                // In force from here on, even if the commit fails: then nothing else is stored either.
                context.replace(rulebook: rulebook)
                return try writer.append(
                    HistoryEntry(
                        at: context.clock.now,
                        kind: .reloaded,
                        actor: .bot,
                        policy: now.digest,
                        detail: detail.merging(["digest": .string(now.digest)]) { first, _ in first }
                    )
                )
            }
        }
    }

    /// Has every open change be as the rules in force want it.
    /// - Parameters:
    ///   - before: the rules that were in force before, as far as they are known: a start knows only those that it has.
    ///   - isConcerned: whether a change is to be looked at.
    package func applyToOpenChanges(
        _ before: Rulebook,
        where isConcerned: @Sendable @escaping (Change) -> Bool = { _ in true }
    ) async throws {
        var open = try await context.insist(on: "look at open changes") {
            // A reader would not see what was decided by the rules before and waits for its commit.
            try await context.store.write { try $0.changes(in: Reassessment.states).map(\.id) }
        }[...]
        while !open.isEmpty {
            let ids = open.prefix(Self.portion)
            open = open.dropFirst(Self.portion)
            try await context.insist(on: "look at open changes") {
                try await context.store.write { writer in
                    let reassessment = Reassessment(
                        recorder: context.recorder(writer),
                        rules: context.rulebook,
                        before: before
                    )
                    for id in ids {
                        guard var change = try writer.change(id), isConcerned(change) else { continue }
                        try reassessment.apply(to: &change)
                    }
                }
            }
        }
    }
}
