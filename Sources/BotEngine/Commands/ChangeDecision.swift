import BotCore

/// Something that a person decides about one change. Typed and clicked decisions are the same from here on.
protocol ChangeDecision: Sendable {
    var change: Int { get }

    /// Decides, in the transaction in which the change was read. Who may read the change was looked at before.
    func decide(_ change: inout Change, by actor: Actor, in channel: Channel, at desk: DecisionDesk) throws
        -> DecisionResult
}
