import BotCore

extension Change {
    /// A command that is first seen this long after it was typed is shown for confirmation instead of being executed.
    static let freshFor = Duration.seconds(120)
    /// The most by which clocks may differ; webhooks that are signed further away in time are refused.
    private static let clocksDiffer = Duration.seconds(300)

    /// Returns whether it was typed too long ago to be executed without asking again. It is also late if it was typed
    /// far in the future: then a clock is wrong, and nobody knows how long ago it was.
    func isLate(at now: Timestamp) -> Bool {
        now > typedAt + Self.freshFor || now + Self.clocksDiffer < typedAt
    }

    /// Returns whether it needs nobody, and its requester expects it to be executed at once.
    func needsNoPlan(at now: Timestamp) -> Bool { needsNobody && !mustBeSeen(at: now) }

    /// Returns whether its requester has to see its plan before it is executed, even if it needs nobody: it is late, or
    /// it replaces a change whose plan no longer fitted.
    func mustBeSeen(at now: Timestamp) -> Bool { isLate(at: now) || replaces != nil }
}
