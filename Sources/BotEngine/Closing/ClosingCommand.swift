import BotCore

/// A command that closes clusters to others' changes, or opens them again.
protocol ClosingCommand: Sendable {
    /// Whether the limit on a person's commands holds for it. What opens is never refused by it.
    static var isLimited: Bool { get }

    /// Carries it out in one transaction. Nothing was checked before but that the account is listed.
    func carryOut(by actor: Actor, in channel: Channel, at desk: ClosingDesk) throws -> DecisionResult
}
