import CrashPoints

/// The permission to send one request once. Only the commit of an ``Intent`` makes one, and sending consumes it. The
/// compiler checks both.
package struct SendPermit: ~Copyable, Sendable {
    package let change: Int
    /// The request in the change's plan, as it was stored when the intent was committed.
    package let call: ClusterCall
    /// The SHA-256 of the only body that may be sent.
    package let bodyDigest: String
    /// Returns whether the request may still begin to leave: the send-by time is not over, and this process still owns
    /// the store. It is asked in the last moment before the first byte.
    package let mayStillSend: @Sendable () -> Bool

    /// The time after its intent in which a request may begin to leave. After it the attempt is given up unsent, so
    /// that a process that was suspended cannot send a request that others take for lost.
    package static let sendWithin = Duration.seconds(5)

    private init(_ intent: Intent, _ call: ClusterCall, mayStillSend: @escaping @Sendable () -> Bool) {
        change = intent.change
        self.call = call
        bodyDigest = intent.bodyDigest
        self.mayStillSend = mayStillSend
    }

    /// Commits an intent and returns the permit for it.
    /// - Parameter body: makes every check in the same transaction and returns the intent, or nil to send nothing.
    /// - Returns: nil if the body returned nil.
    package static func committing(
        in store: any BotStore,
        clock: any BotClock,
        _ body: @escaping @Sendable (any StoreWriter) throws -> Intent?
    ) async throws -> SendPermit? {
        let deadline = clock.uptime + sendWithin
        let committed = try await store.write { writer -> (intent: Intent, call: ClusterCall)? in
            guard let intent = try body(writer) else { return nil }
            let call = try plannedCall(for: intent, writer)
            try writer.insert(intent)
            CrashPoint.intentInTransaction.pass()
            return (intent, call)
        }
        guard let committed else { return nil }
        return SendPermit(committed.intent, committed.call) { clock.uptime < deadline && store.isOwned }
    }

    /// Returns the call in the change's plan, if the intent is for it byte for byte and the change is `sending` from
    /// this commit on.
    /// - Throws: ``StoreError`` with the code `conflict` if not. That is a mistake in the program, which then sends
    /// nothing.
    private static func plannedCall(for intent: Intent, _ writer: any StoreWriter) throws -> ClusterCall {
        let change = try writer.change(intent.change)
        guard let change, change.state == .sending, let plan = change.plan,
            sha256Hex(plan.call.body) == intent.bodyDigest
        else {
            throw StoreError(
                .conflict,
                "The intent of #\(intent.change) is not for what its change says. Nothing was sent."
            )
        }
        return plan.call
    }
}
