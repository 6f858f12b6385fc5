import BotCore
import ChatKit
import ConfigurationTree
import CurlHTTP

/// What comes in: JSON, signed over time and bytes.
struct PigeonDoor: ChatDoor {
    let settings: PigeonSettings
    let clock: any BotClock

    let platform = "pigeon"
    let outcomes = WebhookOutcome.common
    let answerWithin = Duration.seconds(5)

    var webhooks: [ChatWebhook] {
        [ChatWebhook("letters", path: WebhookPath("/pigeon/letters")) { meaning(of: $0) }]
    }

    func reply(_ message: Message, to command: InboundCommand, isPrivate: Bool) -> [UInt8] {
        PigeonLetter(message, isPrivateTo: isPrivate ? command.account.user : nil).bytes
    }

    func tell(_ told: WebhookAnswer.Told) async throws(ChatProblem) {}

    private func meaning(of delivery: WebhookDelivery) -> WebhookMeaning {
        func header(_ name: String) -> String? { delivery.headers.first { $0.name.lowercased() == name }?.value }
        guard let stamp = header("pigeon-time"), let signature = header("pigeon-signature") else {
            return .answer(WebhookAnswer(status: 401, .badSignature, .noSignature))
        }
        guard let seconds = Int(stamp), let code = SigningSecrets.code(hex: signature),
            SigningSecrets([settings.secret]).sign(Array("\(stamp).".utf8), delivery.body, as: code)
        else { return .answer(WebhookAnswer(status: 401, .badSignature, .wrongSignature)) }
        let signedAt = Timestamp(seconds: seconds)
        let difference = clock.now - signedAt
        guard abs(difference.wholeMilliseconds) <= 300_000 else {
            return .answer(WebhookAnswer(status: 401, .badSignature, .clockDiffers(difference)))
        }
        guard let letter = StrictJSON.object(delivery.body), let bird = letter["bird"]?.string,
            let loft = letter["loft"]?.string, let id = letter["id"]?.string, let flock = letter["flock"]?.string
        else { return .answer(WebhookAnswer(status: 400, .malformed, .malformed)) }
        guard letter["app"]?.string == "clusterbot" else { return stranger(.foreignApp, .foreignApp) }
        guard flock == settings.flock else { return stranger(.foreignWorkspace, .foreignWorkspace) }
        let account = Account(platform: platform, workspace: flock, user: bird)
        let channel = Channel(platform: platform, workspace: flock, id: loft)
        if let button = letter["button"]?.string {
            return .click(
                InboundClick(
                    deliveryKey: "pigeon:\(id)",
                    account: account,
                    displayName: bird,
                    channel: channel,
                    button: button,
                    value: letter["value"]?.string ?? "",
                    clickedAt: signedAt,
                    replyHandle: nil,
                    request: delivery.request
                )
            )
        }
        return .command(
            InboundCommand(
                deliveryKey: "pigeon:\(id)",
                account: account,
                displayName: bird,
                channel: channel,
                isDirect: false,
                text: letter["text"]?.string ?? "",
                typedAt: signedAt,
                replyHandle: nil,
                request: delivery.request
            )
        )
    }

    private func stranger(_ outcome: WebhookOutcome, _ refusal: WebhookRefusal) -> WebhookMeaning {
        .answer(
            WebhookAnswer(
                status: 200,
                contentType: WebhookAnswer.json,
                body: Array(#"{"text":"This bot is not set up for you."}"#.utf8),
                outcome,
                refusal
            )
        )
    }
}
