import BotCore
import BotEngine
import TestSupport

/// Around the one request: who agreed (I2), what was written down before (I6), what left (I1, I3).
extension Checker {
    /// Two calls of the API in their whole time-out, and until the first byte leaves.
    private static let readingGoodFor = 2 * SimulatedAPI.timeout + 2 * SendPermit.sendWithin.inMicroseconds

    /// A change goes to `sending`: by the rules as they were in that moment.
    func began(_ change: Change, _ transaction: Disk.Transaction) {
        records[change.id]?.sendingAt = world.scheduler.uptime
        records[change.id]?.sendingLife = transaction.life
        expect(transaction.hasIntent, "#\(change.id) is being sent without an intent")
        endsFollowing(change, transaction)
        guard let record = records[change.id], let plan = change.plan else { return fail("#\(change.id) has no plan") }
        let rules = transaction.rules
        let ways = rules.ways(change)
        expect(!ways.isEmpty, "#\(change.id) is sent although the rules \(rules.version) do not allow it")
        let approvals = world.disk.state.approvals[change.id] ?? []
        let (agreed, isConfirmed) = consent(approvals, to: change, plan, rules)
        let mustBeSeen = record.wasLate && !world.hasClockStepped || change.replaces != nil
        func isMet(_ way: Rules.Way) -> Bool {
            switch way {
            // Where somebody agreed, somebody has seen it, though by now nobody would have to.
            case .free: !mustBeSeen || isConfirmed || !agreed.isEmpty
            case .confirm: isConfirmed
            case .agree(let seats): rules.canTake(seats, agreed)
            }
        }
        expect(ways.contains(where: isMet), "#\(change.id) is sent, agreed to by \(agreed.sorted()) only")
        expect(
            record.waysThen.contains(where: isMet),
            "#\(change.id) is sent without what it needed when it was asked for"
        )
        if let until = change.validUntil, let sent = world.disk.state.intents[change.id]?.startedAt {
            expect(sent < until, "#\(change.id) is sent after its agreement ran out")
        }
        if let sent = world.disk.state.intents[change.id]?.startedAt,
            let closure = closure(for: change, at: sent, transaction)
        {
            fail("#\(change.id) is sent although it is \(closure)")
        }
        for other in world.disk.state.changes where other.id != change.id && other.cluster.id == change.cluster.id {
            expect(!closes(other, at: world.scheduler.uptime), "#\(change.id) is sent while #\(other.id) is unsettled")
        }
    }

    /// Whether an unknown outcome closes its cluster: what no read can prove does so only for a time.
    private func closes(_ change: Change, at moment: Int) -> Bool {
        guard change.state == .unknown, !world.hasClockStepped else { return false }
        let isProvable =
            change.plan.map { plan in
                (change.spec?.proof ?? []).contains { plan.before[$0] == nil || plan.before[$0] != plan.after[$0] }
            } ?? true
        let since = records[change.id]?.unknownAt ?? moment
        return isProvable || moment - since < Rules.reconcile.after.inMicroseconds - 10.seconds
    }

    /// Whose agreement to exactly this plan counts, and whether its requester confirmed it.
    private func consent(_ approvals: [Approval], to change: Change, _ plan: Plan, _ rules: Rules) -> (
        Set<String>, Bool
    ) {
        var agreed: Set<String> = []
        var isConfirmed = false
        for approval in approvals where approval.digest == plan.digest {
            guard let person = rules.listed(approval.actor) else { continue }
            let isRequester = person == change.requester.person || approval.actor.account == change.requester.account
            switch approval.verdict {
            case .approved: if !isRequester { agreed.insert(person) }
            case .confirmed: isConfirmed = isConfirmed || isRequester
            case .denied: fail("#\(change.id) is sent although \(person) denied it")
            }
        }
        return (agreed, isConfirmed)
    }

    func intended(_ intent: Intent, _ transaction: Disk.Transaction) {
        let isSending = transaction.steps.contains { step in
            if case .updated(_, let new) = step { new.id == intent.change && new.state == .sending } else { false }
        }
        expect(isSending, "#\(intent.change) has an intent and is not being sent")
        expect(
            intent.bodyDigest == world.disk.state.change(intent.change)?.plan.map { sha256Hex($0.call.body) },
            "the intent of #\(intent.change) is for another body than its plan"
        )
    }

    /// The first byte of a request has left.
    func sent(_ sending: Cloud.Sending, _ call: ClusterCall) {
        guard !wasRestored else { return sentAfterPutBack(sending) }
        world.tally.count("requests sent")
        let id = sending.change
        expect(world.cloud.sendings(of: id).count == 1, "#\(id) was sent twice")
        guard let change = world.disk.state.change(id), let record = records[id] else {
            return fail("a request left for #\(id), which nobody asked for")
        }
        expect(change.state == .sending, "a request left for #\(id), which is \(change.state)")
        expect(change.plan?.call == call, "another request left for #\(id) than was planned")
        expect(change.cluster.id == sending.cluster, "the request of #\(id) went to another cluster")
        expect(
            world.disk.state.intents[id]?.bodyDigest == sha256Hex(sending.body),
            "the request of #\(id) is not the one that was written down"
        )
        let since = sending.at - (record.sendingAt ?? 0)
        expect(
            since <= SendPermit.sendWithin.inMicroseconds,
            "the request of #\(id) left \(since / 1.milliseconds) ms late"
        )
        if change.spec?.needsReading == true, world.readsBack {
            let seen = world.cloud.looks[sending.cluster]?.last { $0 <= sending.at } ?? 0
            let age = sending.at - seen
            expect(age <= Self.readingGoodFor, "the request of #\(id) left by a read \(age / 1.seconds) s old")
        }
        expect(sending.life == world.lives, "the request of #\(id) left from a process that had lost the store")
        expect(
            record.sendingLife == sending.life,
            "the request of #\(id) left from another process than the one that meant it"
        )
    }
}
