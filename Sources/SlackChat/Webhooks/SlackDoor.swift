import BotCore
import ChatKit

/// The door for Slack's commands, clicks and events.
package struct SlackDoor: ChatDoor {
    private let receiver: SlackReceiver
    private let clicks: SlackClickAnswer

    package let platform = SlackSettings.platformName
    package let outcomes = WebhookOutcome.slack
    /// The time to answer in: Slack waits 3 s.
    package let answerWithin = Duration.milliseconds(2500)

    init(receiver: SlackReceiver, clicks: SlackClickAnswer) {
        self.receiver = receiver
        self.clicks = clicks
    }

    package var webhooks: [ChatWebhook] {
        SlackEndpoint.allCases.map { endpoint in
            ChatWebhook(endpoint.rawValue, path: WebhookPath("/slack/\(endpoint.rawValue)")) { [receiver] delivery in
                receiver.receive(endpoint, headers: delivery.headers, body: delivery.body, request: delivery.request)
            }
        }
    }

    package func reply(_ message: Message, to command: InboundCommand, isPrivate: Bool) -> [UInt8] {
        SlackRenderer(workspace: command.channel.workspace).reply(message, isPrivate: isPrivate)
    }

    package func tell(_ told: WebhookAnswer.Told) async throws(ChatProblem) { try await clicks.tell(told) }
}
