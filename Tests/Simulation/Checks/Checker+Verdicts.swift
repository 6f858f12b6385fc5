import BotCore
import BotEngine
import TestSupport

/// What is said of an outcome is true (I5), and what is not known is said to be unknown, to people, within a minute (I11).
extension Checker {
    func lost(_ change: Change, _ transaction: Disk.Transaction) {
        records[change.id]?.unknownAt = world.scheduler.uptime
        guard let record = records[change.id] else { return }
        let isUnknown = if case .unknown? = world.verdicts.evidence[change.id] { true } else { false }
        expect(
            isUnknown || world.verdicts.brokenOff.contains(change.id) || record.sendingLife != transaction.life
                || world.scheduler.uptime - (record.sendingAt ?? 0) >= 44.seconds,
            "the outcome of #\(change.id) is said to be unknown although its answer came"
        )
        guard isPunctual else { return }
        let id = change.id
        world.scheduler.after(60.seconds, of: .world) { [unowned self] in
            guard isPunctual, !world.rooms.isClosed(change.channel) else { return }
            expect(
                records[id]?.isAnnounced == true,
                "nobody heard within a minute that the outcome of #\(id) is unknown"
            )
        }
    }

    func settled(_ old: Change, _ new: Change) {
        let sendings = world.cloud.sendings(of: new.id)
        let applied = sendings.compactMap(\.appliedAt).first
        switch (new.state, new.howKnown) {
        case (.succeeded, .answer): expect(applied != nil, "#\(new.id) succeeded and has no effect")
        case (.failed, .answer):
            expect(sendings.allSatisfy { !$0.willBeApplied }, "#\(new.id) is said to be refused and has an effect")
        case (.failed, .notSent): expect(sendings.isEmpty, "#\(new.id) is said not to be sent and was")
        case (.succeeded, .readBack):
            expect(applied != nil || isBlurred(new), "#\(new.id) is said to be carried out and was not")
        case (.failed, .readBack): checkNotCarriedOut(new, applied)
        case (.succeeded, _), (.failed, _):
            expect(
                new.howKnown == .person && old.state == .unknown,
                "nobody knows how the outcome of #\(new.id) is known"
            )
        default: expect(sendings.isEmpty, "#\(new.id) ends as \(new.state) and was sent")
        }
    }

    private func checkNotCarriedOut(_ change: Change, _ applied: Int?) {
        // With a wrong clock nobody can tell how long ago the attempt was; a late effect is told later, as always.
        guard !world.hasClockStepped, !isBlurred(change),
            let ended = world.disk.state.intents[change.id]?.endedAt
        else { return }
        let (after, every) = (Rules.reconcile.after.inMicroseconds, Rules.reconcile.every.inMicroseconds)
        let settleable = ended.milliseconds * 1000 - World.origin + after
        let looks = (world.cloud.looks[change.cluster.id] ?? []).filter { $0 <= applied ?? .max }
        expect(
            looks.contains { last in last >= settleable && looks.contains { $0 <= last - every } },
            "#\(change.id) is said not to be carried out and was, or nobody looked"
        )
    }

    /// Whether somebody else had a hand on the cluster, so that no read can tell what came of this change.
    func isBlurred(_ change: Change) -> Bool {
        let since = (records[change.id]?.sendingAt ?? 0) - 5.minutes
        let isAboutAddress = change.spec?.proof.contains("ip_owner") == true
        return world.cloud.wasTouched(
            change.cluster.id,
            since: since,
            byOtherThan: change.id,
            anywhere: isAboutAddress
        )
    }

    /// A late effect was added to the history.
    func corrected(_ id: Int) {
        records[id]?.wasCorrected = true
        world.tally.count("late effects told")
        guard let change = world.disk.state.change(id) else { return }
        let isThere = world.cloud.sendings(of: id).contains { $0.appliedAt != nil }
        expect(isThere || isBlurred(change), "#\(id) is said to have taken effect late and has not")
    }
}
