import BotCore

/// A person's decision on one change, typed or clicked.
protocol ChangeDecision: Sendable {
    var change: Int { get }

    /// Carries the decision out, in the transaction in which the change was read. Whether the person may read the
    /// change is checked before.
    func decide(_ change: inout Change, by actor: Actor, in channel: Channel, at desk: DecisionDesk) throws
        -> DecisionResult
}
