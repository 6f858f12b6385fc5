import BotCore

/// The door for a platform's webhooks. It says what each request means and how it is answered; the engine acts on it.
package protocol ChatDoor: Sendable {
    /// The name of its ``ChatModule``.
    var platform: String { get }
    var webhooks: [ChatWebhook] { get }
    /// All outcomes of its webhooks without an effect. Each has its metric from the start.
    var outcomes: [WebhookOutcome] { get }
    /// The time in which the platform must be answered, less the time on the network. What is not stored by then is
    /// withdrawn and answered with 503.
    var answerWithin: Duration { get }

    /// Returns the body of the answer to a command, which is sent as ``WebhookAnswer/json``.
    ///
    /// - Parameter isPrivate: whether only the person who typed the command sees it.
    func reply(_ message: Message, to command: InboundCommand, isPrivate: Bool) -> [UInt8]

    /// Tells somebody why their click had no effect.
    ///
    /// - Throws: a sentence for the log, without what was private about the click.
    func tell(_ told: WebhookAnswer.Told) async throws(ChatProblem)
}
