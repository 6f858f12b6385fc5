import BotCore
import ChatKit

/// A platform's door by the configuration in force. Its routes are those of the start; what a request means is asked of
/// the present door.
struct LiveDoor: ChatDoor {
    let live: LiveParts
    let first: any ChatDoor

    private var present: any ChatDoor { live.chat(platform)?.door ?? first }

    var platform: String { first.platform }
    var outcomes: [WebhookOutcome] { first.outcomes }
    var answerWithin: Duration { first.answerWithin }

    var webhooks: [ChatWebhook] {
        first.webhooks.map { route in
            ChatWebhook(route.name, path: route.path, methods: route.methods) { delivery in
                let webhook = present.webhooks.first { $0.path == route.path } ?? route
                return webhook.meaning(delivery)
            }
        }
    }

    func reply(_ message: Message, to command: InboundCommand, isPrivate: Bool) -> [UInt8] {
        present.reply(message, to: command, isPrivate: isPrivate)
    }

    func tell(_ told: WebhookAnswer.Told) async throws(ChatProblem) { try await present.tell(told) }
}
