import BotCore
import TestSupport

/// Holds everything that happens against what must always be so: the invariants I1 to I12
/// ("Guarantees" in the handbook), by the world's own log and by rules of its own, without asking the engine.
final class Checker: @unchecked Sendable {
    /// What is remembered of one change.
    struct Record {
        /// What its entries come to.
        var folded = ChangeState.preparing
        var foldedKnown: String?
        /// Every state that was ever committed.
        var states: Set<ChangeState> = []
        let insertedAt: Int
        /// The ways in which it was allowed when people could first be asked: while it is prepared, nobody was.
        var waysThen: [Rules.Way]
        /// Whether it was first looked at too long after it was typed.
        let wasLate: Bool
        var plannedAt: Timestamp?
        /// When, in which process and by which rules it went to `sending`.
        var sendingAt: Int?
        var sendingLife = 0
        var unknownAt: Int?
        var endedAt: Int?
        /// Whether a new message has said that its outcome is unknown.
        var isAnnounced = false
        var wasCorrected = false
        /// Whether an entry says how it went on with its cluster.
        var isFollowed = false
        /// Whether its card stood when half its time was over.
        var hadCardAtHalf = false
    }

    unowned let world: World
    var records: [Int: Record] = [:]
    var head = HistoryHead.start
    /// Deliveries in whose transaction a decision was stored.
    var decisions: Set<String> = []
    var closures = Closures()
    /// The changes that offers came to, by handle.
    var takenOffers: [String: Int] = [:]
    /// The entries that tell a result, by number.
    var results: [Int: Int] = [:]
    private(set) var violation: String?
    /// What came back in the place of the store; nil while it is the one of the beginning.
    var putBack: PutBack?
    /// Whether the world knows more than the store does.
    var wasRestored: Bool { putBack != nil }
    /// Whose new message was posted last in a channel.
    var lastTurns: [Channel: Turn] = [:]

    init(_ world: World) { self.world = world }

    /// What is wrong, unless something was wrong before.
    func fail(_ what: @autoclosure () -> String) {
        guard violation == nil else { return }
        violation = what()
        world.trace("VIOLATION: \(what())")
    }

    func expect(_ isSo: Bool, _ what: @autoclosure () -> String) { if !isSo { fail(what()) } }

    /// Whether nothing that could hold up a message can have happened.
    var isPunctual: Bool {
        world.profile.isOff(.store, .process, .chat) && world.scheduler.lateness <= 5.seconds
    }

    func ended(_ life: Life) {
        world.crowd.processEnds()
        if world.isClosing, let began = life.shutdownBegan {
            expect(
                world.scheduler.uptime - began < 60.seconds,
                "it took \((world.scheduler.uptime - began) / 1.seconds) s to end"
            )
        }
    }
}
