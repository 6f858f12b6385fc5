import BotCore

/// Takes in the deliveries of a ``ChatSource``. When a call returns, the delivery is durable. Only then the source
/// acknowledges it to its platform.
package protocol ChatIntake: Sendable {
    /// - Returns: the answer to the person who typed; nil if there is nothing to say.
    /// - Throws: if it is not stored, so that the platform may redeliver it.
    func take(_ command: InboundCommand) async throws -> ChatAnswer?

    /// Takes a click. An explanation goes to the person who clicked in private, as for a webhook.
    ///
    /// - Throws: if it is not stored.
    func take(_ click: InboundClick) async throws

    /// Returns how far a change is now, for a person who waits for its end; nil if there is no such change for them.
    func progress(of change: Int, for account: Account, in channel: Channel) async throws -> ChangeProgress?
}
