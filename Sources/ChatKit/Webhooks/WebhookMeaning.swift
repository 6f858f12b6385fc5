import BotCore

/// What one request of a platform means.
package enum WebhookMeaning: Sendable {
    /// Genuine, for this app, from a configured workspace. Its answer is the engine's.
    case command(InboundCommand)
    case click(InboundClick)
    /// Nothing to do but to answer.
    case answer(WebhookAnswer)
}
