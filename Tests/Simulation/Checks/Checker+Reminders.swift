import BotCore
import TestSupport

/// Whoever can still decide at half the time is called to it once more.
extension Checker {
    /// The time within which a process that could is to have wanted it, besides what timers are late by.
    private static let reminderIsLate = 15.seconds
    /// The time that a process needs to sort out what an earlier one left.
    private static let processIsYoung = 60.seconds

    /// A change begins to wait for people. Soon after half its time is over, and before all of it is, it is looked at again.
    func awaitReminder(_ change: Change) {
        guard let begin = change.plannedAt, let end = change.expiresAt else { return }
        let (version, within) = (world.rules.version, (end - begin).inMicroseconds)
        let half = world.scheduler.uptime + within / 2
        world.scheduler.after(max(0, within / 2 - 1.seconds), of: .world) { [unowned self] in
            let stands = world.disk.state.allPosts.contains {
                $0.change == change.id && $0.place == .conversation && $0.showsPlan && $0.posted > 0
            }
            if stands { records[change.id]?.hadCardAtHalf = true }
        }
        for span in [within / 2 + 25.seconds, within - 1.seconds] {
            world.scheduler.after(span, of: .world) { [unowned self] in checkReminder(change.id, since: half, version) }
        }
    }

    private func checkReminder(_ id: Int, since half: Int, _ version: Int) {
        // By other rules than at the beginning others may be asked, who have not waited for so long.
        guard !wasRestored, world.rules.version == version, isReminding(since: half),
            let change = world.disk.state.change(id), change.state == .pending, canBeBroughtNearer(change)
        else { return }
        let posts = world.disk.state.allPosts.filter { $0.change == id }
        // A card that came later has called people itself.
        guard records[id]?.hadCardAtHalf == true else { return }
        world.tally.count("reminders that were due")
        expect(
            posts.contains { if case .reminder = $0.place { true } else { false } },
            "#\(id) waits for more than half its time, and nobody was reminded"
        )
    }

    /// Whether the process has had the time and the means to see that a reminder is due since a moment.
    private func isReminding(since half: Int) -> Bool {
        guard let life = world.life, life.isAlive, life.shutdownBegan == nil else { return false }
        let now = world.scheduler.uptime
        let enough = Self.reminderIsLate + 2 * world.scheduler.lateness
        return !world.hasClockStepped && (world.profile.isOff(.store) || !world.isWild) && now - half >= enough
            && !world.scheduler.isFrozen && now - world.goesOnAt > enough
            && now - life.startedAt > max(enough, Self.processIsYoung)
    }

    /// Whether somebody who is asked has not approved, and would be of use.
    private func canBeBroughtNearer(_ change: Change) -> Bool {
        let agreed = (world.disk.state.approvals[change.id] ?? []).filter {
            $0.verdict == .approved && $0.digest == change.plan?.digest
        }
        let names = Set(agreed.compactMap { world.rules.listed($0.actor) })
        return world.rules.ways(change).contains { way in
            guard case .agree(let seats) = way else { return false }
            let taken = world.rules.taken(seats, names)
            return seats.contains { seat in
                world.rules.groups[seat.group, default: []].contains { one in
                    one != change.requester.person && world.rules.taken(seats, names.union([one])) > taken
                }
            }
        }
    }
}
