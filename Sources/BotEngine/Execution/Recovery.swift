import BotCore
import Logging

/// What a start finds that an earlier process left: done before anything else runs.
struct Recovery: Sendable {
    let context: EngineContext

    func run() async throws {
        let rules = context.rulebook
        let hold = try await context.store.write { writer -> StoreHold? in
            let ledger = context.ledger(writer)
            // A crash between intent and result is unknown, always, even where the request has probably not left.
            for var change in try writer.changes(in: [.sending]) {
                if var intent = try writer.intent(of: change.id) {
                    intent.endedAt = ledger.now
                    intent.evidence = Self.interrupted
                    try writer.update(intent)
                }
                try LostOutcome(ledger: ledger, rules: rules).record(&change, what: Self.interrupted)
            }
            if let hold = try writer.hold() {
                try void(hold, ledger)
                return hold
            }
            // What nobody had to agree to and is old by now is shown to its requester instead of being executed.
            for var change in try writer.changes(in: [.ready])
            where change.validUntil == nil && change.isLate(at: ledger.now) {
                try ledger.apply(.delayed, to: &change, .init(by: .bot))
            }
            return nil
        }
        if let hold { context.logger.critical("nothing is sent", metadata: ["reason": "\(hold.sentence)"]) }
        context.ringAll()
    }

    /// Ends everything that a restored store holds as open: in the time that it forgot, it may have been done or withdrawn.
    private func void(_ hold: StoreHold, _ ledger: Ledger) throws {
        try ledger.writer.append(
            HistoryEntry(
                at: ledger.now,
                kind: .restored,
                actor: .bot,
                detail: [
                    "remembered": .string(hold.remembered.short), "found": .string(hold.found.short),
                    "outcome": .string(hold.sentence),
                ]
            )
        )
        for var change in try ledger.writer.changes(in: [.preparing, .pending, .ready]) {
            change.outcome = hold.sentence
            try ledger.apply(.refused, to: &change, .init(by: .bot))
        }
    }

    private static let interrupted =
        "clusterbot was stopped in the middle of sending. The request may or may not have been carried out."
}
