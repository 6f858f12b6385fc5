import BotCore

/// Ends locks and freezes whose time is over, and tells of the configuration's freezes before they begin.
///
/// Whether something is in force never hangs on it: each closure's own times say that. It writes the history, tells the
/// channels, and wakes what waits.
struct ClosureSweep: Sendable {
    let context: EngineContext

    /// The time before the begin of a freeze of the configuration at which people are told of it.
    private static let tellsBefore = Duration.seconds(3600)

    func run() async throws {
        let rules = context.rulebook
        let isDue = try await context.store.read { try Self.isDue($0, rules, at: context.clock.now) }
        guard isDue else { return }
        try await context.store.write { writer in
            let desk = ClosingDesk(recorder: context.recorder(writer), rules: context.rulebook)
            for lock in try writer.locks() where !lock.isInForce(at: desk.now) { try desk.runOut(lock) }
            for freeze in try writer.freezes() where !freeze.isInForce(at: desk.now) { try desk.runOut(freeze) }
            for freeze in try Self.untold(writer, desk.rules, at: desk.now) { try desk.tell(freeze) }
            for told in try Self.over(writer, desk.rules, at: desk.now) { try desk.tellEnd(of: told) }
        }
        context.ringAll()
    }

    private static func isDue(_ reader: any StoreReader, _ rules: Rulebook, at now: Timestamp) throws -> Bool {
        if try reader.locks().contains(where: { !$0.isInForce(at: now) }) { return true }
        if try reader.freezes().contains(where: { !$0.isInForce(at: now) }) { return true }
        return try !untold(reader, rules, at: now).isEmpty || !over(reader, rules, at: now).isEmpty
    }

    /// Returns the freezes of the configuration of which it is time to tell.
    private static func untold(_ reader: any StoreReader, _ rules: Rulebook, at now: Timestamp) throws -> [Freeze] {
        let due = rules.freezes.filter { now + tellsBefore >= $0.from && now < $0.until }
        guard !due.isEmpty else { return [] }
        let told = try reader.toldFreezes()
        return due.filter { freeze in !told.contains { $0.isAbout(freeze) } }
    }

    /// Returns the freezes of the configuration of which people were told, that are over or not in it any more, and whose
    /// end nobody was told.
    private static func over(
        _ reader: any StoreReader,
        _ rules: Rulebook,
        at now: Timestamp
    ) throws -> [ToldFreeze] {
        try reader.toldFreezes().filter { told in
            !told.isOver && (now >= told.until || !rules.freezes.contains(where: told.isAbout))
        }
    }
}
