import BotCore

/// What a start finds that an earlier process left: done before anything else runs.
struct Recovery: Sendable {
    let context: EngineContext

    func run() async throws {
        let rules = context.rulebook
        try await context.store.write { writer in
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
            // What nobody had to agree to and is old by now is shown to its requester instead of being executed.
            for var change in try writer.changes(in: [.ready])
            where change.validUntil == nil && change.isLate(at: ledger.now) {
                try ledger.apply(.delayed, to: &change, .init(by: .bot))
            }
        }
        context.ringAll()
    }

    private static let interrupted =
        "clusterbot was stopped in the middle of sending. The request may or may not have been carried out."
}
