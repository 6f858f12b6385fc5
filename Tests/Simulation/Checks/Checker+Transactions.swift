import BotCore
import TestSupport

/// After every commit: the state machine (I4), the history and its fold (I7), one delivery one effect (I8), one open sending
/// a cluster (I10).
extension Checker {
    func committed(_ transaction: Disk.Transaction) {
        expect(transaction.state.hold == nil, "the store is held although nothing was put back")
        var touched: Set<Int> = []
        var inserted: [Int] = []
        for step in transaction.steps {
            switch step {
            case .inserted(let change):
                touched.insert(change.id)
                inserted.append(change.id)
                self.inserted(change, transaction)
            case .updated(let old, let new):
                touched.insert(new.id)
                moved(old, new, transaction)
            case .decided(let approval): decided(approval, transaction)
            case .intended(let intent): intended(intent, transaction)
            case .ended(let old, let new):
                expect(
                    old.endedAt == nil || old.endedAt == new.endedAt,
                    "the end of the attempt of #\(new.change) was moved"
                )
            case .chained(let entry): chained(entry)
            case .posted, .answered: break
            }
        }
        for id in inserted { if let change = transaction.state.change(id) { opened(change, transaction) } }
        for id in touched.sorted() { checkFold(id) }
        checkClosures()
        checkOffers(transaction)
        checkFollowings(transaction)
        checkEffects(transaction)
    }

    private func inserted(_ change: Change, _ transaction: Disk.Transaction) {
        expect(change.state == .preparing, "#\(change.id) begins as \(change.state)")
        let typed = World.origin + world.scheduler.uptime - change.typedAt.milliseconds * 1000
        records[change.id] = Record(
            states: [change.state],
            insertedAt: world.scheduler.uptime,
            waysThen: transaction.rules.ways(change),
            wasLate: !world.hasClockStepped && typed > 125.seconds
        )
        world.tally.count("changes")
        if change.replaces != nil { world.tally.count("changes that replace another") }
    }

    private func moved(_ old: Change, _ new: Change, _ transaction: Disk.Transaction) {
        expect(old.revision < new.revision, "#\(new.id) changed without a new revision")
        expect(old.plan == nil || old.plan == new.plan || old.state == .preparing, "the plan of #\(new.id) was changed")
        guard old.state != new.state else {
            expect(old.howKnown == new.howKnown, "#\(new.id) is known otherwise without a step")
            if new.state == .preparing, old.permits != new.permits {
                records[new.id]?.waysThen = transaction.rules.ways(new)
            }
            return
        }
        world.tally.moved(old.state, new.state, new.howKnown)
        world.scheduler.note(UInt64(new.id))
        world.trace("#\(new.id) \(old.state) → \(new.state) \(new.howKnown?.rawValue ?? "") \(new.outcome ?? "")")
        expect(Self.legal[old.state]?.contains(new.state) == true, "#\(new.id) went from \(old.state) to \(new.state)")
        records[new.id]?.states.insert(new.state)
        switch new.state {
        case .pending:
            records[new.id]?.plannedAt = new.updatedAt
            awaitReminder(new)
        case .preparing: expect(old.validUntil == nil, "#\(new.id) was agreed to and is prepared anew")
        case .sending: began(new, transaction)
        case .unknown: lost(new, transaction)
        default: break
        }
        if new.state.isEnd {
            records[new.id]?.endedAt = world.scheduler.uptime
            settled(old, new)
        }
        if new.state.isEnd || new.state == .unknown {
            expect(new.recorded != nil, "#\(new.id) is \(new.state) and no entry is named for it")
            if let seq = new.recorded?.seq { results[seq] = new.id }
        }
    }

    /// The states and their order, written down once more from "Guarantees" in the handbook.
    private static let legal: [ChangeState: Set<ChangeState>] = [
        .preparing: [.pending, .ready, .refused, .failed, .cancelled, .expired],
        .pending: [.ready, .refused, .denied, .cancelled, .expired, .superseded],
        .ready: [.preparing, .sending, .refused, .failed, .denied, .cancelled, .expired, .superseded],
        .sending: [.succeeded, .failed, .unknown],
        .unknown: [.succeeded, .failed],
    ]

    private func chained(_ entry: ChainedEntry) {
        expect(entry.seq == head.seq + 1 && entry.prev == head.hash, "entry \(entry.seq) does not follow \(head.seq)")
        expect(
            entry.hash == ChainedEntry.hash(prev: entry.prev, entry: entry.entry),
            "the hash of entry \(entry.seq) is wrong"
        )
        head = entry.head
        guard let document = try? JSONValue(parsing: entry.entry), document["seq"]?.int == entry.seq else {
            return fail("entry \(entry.seq) cannot be read")
        }
        guard let id = document["change"]?.int else { return closed(document["kind"]?.string ?? "", document) }
        let detail = document["detail"]
        if let state = detail?["state"]?.string {
            guard let state = ChangeState(rawValue: state) else {
                return fail("entry \(entry.seq) tells the state \(state)")
            }
            records[id]?.folded = state
        }
        if let known = detail?["how_known"]?.string { records[id]?.foldedKnown = known }
        if detail?["late_effect"]?.bool == true { corrected(id) }
        if document["kind"]?.string == "followed" { followed(id, document) }
    }

    /// The row is what the entries come to.
    private func checkFold(_ id: Int) {
        guard let change = world.disk.state.change(id), let record = records[id] else {
            return fail("#\(id) is stored and was never asked for")
        }
        // Nobody decided anything in these, so they have no entry: what needs nobody becomes ready, and is prepared anew
        // when it has grown old.
        let isSilent = change.validUntil == nil && change.state == .ready && record.folded == .preparing
        expect(
            change.state == record.folded || isSilent,
            "#\(id) is \(change.state), its entries come to \(record.folded)"
        )
        expect(
            change.howKnown?.rawValue == record.foldedKnown,
            "#\(id) is known by \(change.howKnown?.rawValue ?? "nothing")"
        )
    }

    /// What one transaction may do for one delivery, and to a cluster.
    private func checkEffects(_ transaction: Disk.Transaction) {
        let deliveries = transaction.steps.count { if case .answered = $0 { true } else { false } }
        var (opened, decided) = (0, 0)
        for step in transaction.steps {
            switch step {
            case .inserted(let change) where change.replaces == nil:
                if deliveries > 0 || !isRefusedOffer(change, transaction) { opened += 1 }
            case .decided: decided += 1
            default: break
            }
        }
        expect(deliveries <= 1 && opened + decided <= deliveries, "one delivery had \(opened + decided) effects")
        let open = world.disk.state.changes.filter { $0.state == .sending }.map(\.cluster.id)
        expect(Set(open).count == open.count, "two changes are being sent to one cluster")
    }

    private func decided(_ approval: Approval, _ transaction: Disk.Transaction) {
        let key = transaction.steps.lazy.compactMap { step -> String? in
            if case .answered(let key, _) = step { key } else { nil }
        }.first
        guard let key, let delivery = world.crowd.deliveries[key] else {
            return fail("a decision on #\(approval.change) was made by nobody")
        }
        decisions.insert(key)
        world.tally.count("decisions: \(approval.verdict.rawValue)")
        expect(delivery.account == approval.actor.account, "\(approval.actor) decided with somebody else's words")
        guard approval.verdict != .denied else { return }
        let plan = world.disk.state.change(approval.change)?.plan
        guard case .agreement(let change, let seen) = delivery.kind, change == approval.change,
            approval.digest == plan?.digest, seen == nil || seen == plan?.digest
        else { return fail("\(approval.actor) agreed to something else than #\(approval.change) is") }
    }
}
