import BotCore

/// Where a ``ChatSource`` hands in what it got. It acknowledges a delivery to its platform when the call returns, and not
/// before: what is taken is durable.
package protocol ChatIntake: Sendable {
    /// - Returns: the answer to the person who typed; nil where nothing is said.
    /// - Throws: when it is not stored, so that the platform may deliver it again.
    func take(_ command: InboundCommand) async throws -> ChatAnswer?

    /// What there is to explain is told to the person who clicked, as for a webhook.
    ///
    /// - Throws: when it is not stored.
    func take(_ click: InboundClick) async throws
}
