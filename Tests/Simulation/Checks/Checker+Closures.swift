import BotCore
import TestSupport

/// Locks and freezes: held by the entries of the history alone, against what the store says and what the engine does. A
/// change is never sent, nor taken on, while somebody else has locked its cluster or it is frozen; a death loses none of
/// them and doubles none.
extension Checker {
    /// What is closed, as the entries tell it.
    struct Closures {
        struct Lock {
            let person: String?
            let until: Timestamp
        }

        var locks: [Int: Lock] = [:]
        /// The ends of the freezes from chat, by name.
        var freezes: [String: Timestamp] = [:]
        /// The freezes of the rules that people were told of, and those that somebody ended, each by name and begin.
        var told: Set<String> = []
        var ended: Set<String> = []
    }

    func closed(_ kind: String, _ entry: JSONValue) {
        guard let detail = entry["detail"] else { return }
        let until = detail["until"]?.string.flatMap { Timestamp($0) }
        let name = detail["freeze"]?.string ?? ""
        let isTyped = Freeze.number(in: name) != nil
        let key = "\(name) \(detail["from"]?.string ?? "")"
        let isBot = entry["actor"]?["account"]?.isNull == true
        world.tally.count("entries: \(kind)")
        switch kind {
        case "locked":
            guard let cluster = entry["cluster"]?["id"]?.int, let until else { return fail("a lock of nothing") }
            let person = entry["actor"]?["person"]?.string
            if let held = closures.locks[cluster] {
                expect(held.person == person, "\(person ?? "?") locked \(cluster), which \(held.person ?? "?") holds")
            }
            closures.locks[cluster] = .init(person: person, until: until)
            world.crowd.askAgain(on: cluster, at: until)
        case "unlocked":
            guard let cluster = entry["cluster"]?["id"]?.int else { return fail("a lock of nothing ends") }
            let lock = closures.locks.removeValue(forKey: cluster)
            expect(lock != nil, "the lock of \(cluster) ends, and there was none")
            if isBot, let lock, let at = entry["at"]?.string.flatMap({ Timestamp($0) }) {
                expect(at >= lock.until, "the lock of \(cluster) ended before its time was over")
            }
        case "frozen" where isTyped:
            guard let until else { return fail("a freeze without an end") }
            expect(closures.freezes[name] == nil, "\(name) is there twice")
            closures.freezes[name] = until
            if let cluster = detail["clusters"]?.array?.first?.int { world.crowd.askAgain(on: cluster, at: until) }
        case "unfrozen" where isTyped:
            let end = closures.freezes.removeValue(forKey: name)
            expect(end != nil, "\(name) ends, and there was none")
            if isBot, let end, let at = entry["at"]?.string.flatMap({ Timestamp($0) }) {
                expect(at >= end, "\(name) ended before its time was over")
            }
        case "frozen": expect(closures.told.insert(key).inserted, "people are told twice of \(key)")
        case "unfrozen" where isBot: expect(closures.told.remove(key) != nil, "\(key) ends, and nobody was told of it")
        case "unfrozen": closures.ended.insert(key)
        default: break
        }
    }

    /// At rest nothing is closed any more: everything has its end.
    func checkNothingIsClosed() {
        expect(closures.locks.isEmpty, "the locks of \(closures.locks.keys.sorted()) have not ended")
        expect(closures.freezes.isEmpty, "\(closures.freezes.keys.sorted()) have not ended")
    }

    /// The rows are what the entries come to.
    func checkClosures() {
        let (locks, freezes) = (world.disk.state.locks, world.disk.state.freezes)
        let isSame =
            locks.count == closures.locks.count
            && locks.allSatisfy {
                closures.locks[$0]?.until == $1.until && closures.locks[$0]?.person == $1.holder.person
            }
        expect(isSame, "the locks are not what the entries come to")
        expect(Set(freezes.map(\.name)) == Set(closures.freezes.keys), "the freezes are not what the entries come to")
    }

    /// Whether a change of somebody may not be sent at a moment of the machine's clock; nil if it may.
    func closure(for change: Change, at now: Timestamp, _ transaction: Disk.Transaction) -> String? {
        let rules = transaction.rules
        if let lock = closures.locks[change.cluster.id], now < lock.until, lock.person != change.requester.person {
            return "locked by \(lock.person ?? "?")"
        }
        guard let cluster = rules.clusters.first(where: { $0.id == change.cluster.id }) else { return nil }
        for (name, until) in closures.freezes where now < until {
            // The store's row says what it covers; whether it is in force, the entries do.
            guard let freeze = transaction.state.freezes.first(where: { $0.name == name }) else { continue }
            if freeze.covers(cluster) { return "frozen by \(name)" }
        }
        if let pause = rules.pause, cluster.labels["kind"] == pause.kind, pause.from <= now, now < pause.until,
            !closures.ended.contains("\(Rules.Pause.name) \(pause.from.description)")
        {
            let isLead = rules.listed(change.requester).map { rules.groups["leads"]?.contains($0) == true } ?? false
            if !(isLead && change.action == "restart_workers") { return "frozen by the rules" }
        }
        return nil
    }

    /// A change is taken on, or refused at once.
    func opened(_ change: Change, _ transaction: Disk.Transaction) {
        guard change.replaces == nil else { return }
        let closure = closure(for: change, at: change.createdAt, transaction)
        guard change.state == .refused, let outcome = change.outcome else {
            return expect(closure == nil, "#\(change.id) is taken on although it is \(closure ?? "")")
        }
        let saysClosed = outcome.contains(" is locked by ") || outcome.contains(" is frozen ")
        if saysClosed {
            world.tally.count("refused: locked or frozen")
            expect(closure != nil, "#\(change.id) is refused, and nothing is closed for it: \(outcome)")
        }
    }
}
