import BotCore

/// The meaning of one request of a platform.
package enum WebhookMeaning: Sendable {
    /// A genuine command for this app, from a configured workspace. The engine answers it.
    case command(InboundCommand)
    case click(InboundClick)
    /// There is nothing to do but to answer.
    case answer(WebhookAnswer)
}
