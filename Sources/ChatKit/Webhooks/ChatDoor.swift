import BotCore

/// Where a platform's webhooks come in. Says what each means, and how it is answered; what is done about it is the engine's.
package protocol ChatDoor: Sendable {
    /// The name of its ``ChatModule``.
    var platform: String { get }
    var webhooks: [ChatWebhook] { get }
    /// All that a webhook of its can come to without an effect; each is counted from the start.
    var outcomes: [WebhookOutcome] { get }
    /// How long the platform waits for an answer, less what it takes on the way. What is not stored by then is withdrawn and
    /// answered with 503.
    var answerWithin: Duration { get }

    /// The body of the answer to a command, as ``WebhookAnswer/json``.
    ///
    /// - Parameter isPrivate: whether only the person who typed sees it.
    func reply(_ message: Message, to command: InboundCommand, isPrivate: Bool) -> [UInt8]

    /// Tells somebody why their click had no effect.
    ///
    /// - Throws: a sentence for the log, without what was private about the click.
    func tell(_ told: WebhookAnswer.Told) async throws(ChatProblem)
}
