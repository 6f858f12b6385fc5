import BotCore

/// Records an outcome as unknown, and refuses what waits on the cluster without an approval.
struct LostOutcome {
    let recorder: ChangeRecorder
    let rules: Rulebook

    func record(_ change: inout Change, what: String) throws {
        change.outcome = "\(what) Do not repeat it by hand."
        try recorder.apply(.outcomeLost, to: &change, .init(by: .bot))
        for var waiting in try recorder.writer.changes(cluster: change.cluster.id, in: [.preparing, .pending, .ready]) {
            // A change that people approved keeps its place until its time is over.
            if waiting.state == .ready, waiting.validUntil != nil { continue }
            waiting.outcome = change.closesClusterSentence
            try recorder.apply(.refused, to: &waiting, .init(by: .bot))
        }
    }
}
