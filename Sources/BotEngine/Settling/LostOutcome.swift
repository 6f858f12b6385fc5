import BotCore

/// Records that nobody knows what came of a sending, and closes the cluster to everything that nobody has agreed to yet.
struct LostOutcome {
    let recorder: ChangeRecorder
    let rules: Rulebook

    func record(_ change: inout Change, what: String) throws {
        change.outcome = "\(what) Do not repeat it by hand."
        try recorder.apply(.outcomeLost, to: &change, .init(by: .bot, notice: true))
        for var waiting in try recorder.writer.changes(cluster: change.cluster.id, in: [.preparing, .pending, .ready]) {
            // What people have agreed to keeps its place until its time is over.
            if waiting.state == .ready, waiting.validUntil != nil { continue }
            waiting.outcome = change.closesClusterSentence
            try recorder.apply(.refused, to: &waiting, .init(by: .bot))
        }
    }
}
