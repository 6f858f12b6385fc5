import BotCore

extension Change {
    /// A command that is first seen this long after it was typed is shown for confirmation instead of being executed.
    static let freshFor = Duration.seconds(120)
    /// Clocks may differ by so much; what is signed further away in time is not even taken.
    private static let clocksDiffer = Duration.seconds(300)

    /// Whether too much time went by since it was typed to execute it without asking again, or nobody knows how much: a
    /// clock that is far behind the platform's is wrong.
    func isLate(at now: Timestamp) -> Bool {
        now > typedAt + Self.freshFor || now + Self.clocksDiffer < typedAt
    }

    /// Whether nobody has to agree to it, and its requester expects it to be executed at once.
    func needsNoPlan(at now: Timestamp) -> Bool { needsNobody && !mustBeSeen(at: now) }

    /// Whether its requester has to see it before it is executed, even if nobody has to agree: it is late, or it stands for
    /// another one whose plan somebody had in front of them and no longer fitted.
    func mustBeSeen(at now: Timestamp) -> Bool { isLate(at: now) || replaces != nil }
}
