import BotCore

/// Records an outcome as unknown, and refuses what waits on the cluster without an approval.
struct LostOutcome {
    let recorder: ChangeRecorder
    let rules: Rulebook

    func record(_ change: inout Change, what: String) throws {
        let until = recorder.now + rules.reconcile.after
        let name = change.cluster.name
        let isProvable = change.spec.map { change.plan?.isProvable(by: $0) ?? false } ?? false
        let untilWhen =
            change.leavesNoTrace
            ? "until `\(until)`, and somebody who looks can settle it." : "until somebody settles it."
        let next =
            isProvable
            ? "I read the cluster \(rules.reconcile.every == .seconds(60) ? "every minute" : "every \(rules.reconcile.every.spoken)"); by `\(until)` I know, or ask. "
                + "\(name) takes no changes until it is settled."
            : "No read can prove it: \(name) takes no changes \(untilWhen)"
        change.outcome = "\(what) The request is never sent again. \(next) Do not repeat it by hand."
        try recorder.apply(.outcomeLost, to: &change, .init(by: .bot))
        for var waiting in try recorder.writer.changes(cluster: change.cluster.id, in: [.preparing, .pending, .ready]) {
            // A change that people approved keeps its place until its time is over.
            if waiting.state == .ready, waiting.validUntil != nil { continue }
            waiting.outcome = change.closesClusterSentence(rules)
            // People knew of it, and whoever asked did nothing wrong.
            let wasShown = waiting.state != .preparing
            try recorder.apply(.refused, to: &waiting, .init(by: .bot, offersAgain: wasShown))
        }
    }
}
