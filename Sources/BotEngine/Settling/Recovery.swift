import BotCore
import Logging

/// Sorts out what an earlier process left, at a start, before anything else runs.
struct Recovery: Sendable {
    let context: EngineContext

    func run() async throws {
        let rules = context.rulebook
        let hold = try await context.store.write { writer -> StoreHold? in
            let recorder = context.recorder(writer)
            try Self.endLostSendings(recorder, rules)
            try MovedHistoryChannel(recorder: recorder, policy: rules.policy.digest).record()
            let hold = try writer.hold()
            if let hold { try RestoredStore(hold: hold, recorder: recorder).void() }
            // Posts that wait for their next try are tried at once: processes are often restarted after the cause was
            // mended.
            try writer.endBackoffs(in: nil, at: recorder.now)
            return hold
        }
        if let hold {
            context.logger.critical("nothing is sent", metadata: ["reason": "\(hold.sentence)"])
        } else {
            // Rules that were replaced while no process ran count for what is open, too.
            try await Reload(context: context).applyToOpenChanges(rules) { $0.policy != rules.policy.digest }
        }
        context.ringAll()
    }

    /// Records lost sendings as `unknown`. After a crash between intent and outcome the outcome is always unknown, even
    /// if the request has probably not left. Only this owner of the store can still be sending: a sending with an
    /// earlier owner's fence is lost at once, and one of its own when the lease is over. A file's owner has a new fence
    /// with each opening, so that a start leaves none of them.
    static func endLostSendings(_ recorder: ChangeRecorder, _ rules: Rulebook) throws {
        let fence = try recorder.writer.fence()
        for var change in try recorder.writer.changes(in: [.sending]) {
            if var intent = try recorder.writer.intent(of: change.id) {
                guard intent.isLost(toOwnerWith: fence, at: recorder.now) else { continue }
                intent.endedAt = recorder.now
                intent.evidence = interrupted
                try recorder.writer.update(intent)
            }
            try LostOutcome(recorder: recorder, rules: rules).record(&change, what: interrupted)
        }
    }

    private static let interrupted =
        "clusterbot was stopped in the middle of sending. The request may or may not have been carried out."
}
