import BotCore
import ChatConformance
import ChatKit
import CurlHTTP

@testable import SlackChat

/// Slack for the conformance suite.
struct SlackUnderTest: ChatUnderTest {
    private static let token = "xoxb-canary-token"

    let account = Account(platform: "slack", workspace: "T0001", user: "U0AMY")
    let channel = Channel(platform: "slack", workspace: "T0001", id: "C0OPS")
    let secrets = [token, SignedSlack.secret]
    let linkStart: String? = "https://acme.slack.com/archives/C0OPS/p"

    var settings: any ChatSettings {
        SlackSettings(
            appID: "A0001",
            workspaces: ["T0001": Secret(Self.token)],
            signingSecrets: [Secret(SignedSlack.secret)]
        )
    }

    func command(_ text: String, _ variation: DeliveryVariation) -> PlayedDelivery {
        var changed: [String: String?] = ["text": Self.encoded(text)]
        switch variation {
        case .another: changed["trigger_id"] = "2.3.4"
        case .foreignApp: changed["api_app_id"] = "A0002"
        case .foreignWorkspace: changed["team_id"] = "T0002"
        case .unreadable: changed["user_id"] = nil as String?
        default: break
        }
        return signed("commands", SignedSlack.command(changed), variation)
    }

    func click(_ kind: Message.Button.Kind, value: String, _ variation: DeliveryVariation) -> PlayedDelivery {
        let action = JSONValue.object(["action_id": .string(kind.rawValue), "value": .string(value)])
        let amy = JSONValue.object(["id": .string(account.user), "team_id": .string(account.workspace)])
        var changed: [String: JSONValue?] = ["user": amy, "actions": .array([action])]
        switch variation {
        case .another: changed["trigger_id"] = .string("10.8.7")
        case .foreignApp: changed["api_app_id"] = .string("A0002")
        case .foreignWorkspace: changed["team"] = .object(["id": .string("T0002")])
        case .unreadable: changed["actions"] = .array([])
        default: break
        }
        return signed("interactions", SignedSlack.click(changed), variation)
    }

    private func signed(_ endpoint: String, _ body: String, _ variation: DeliveryVariation) -> PlayedDelivery {
        let bytes = Array(body.utf8)
        var headers = SignedSlack.headers(bytes, at: "\(ChatConformance.now.seconds)")
        switch variation {
        case .unsigned: headers = []
        case .foreignSecret:
            headers = SignedSlack.headers(bytes, at: "\(ChatConformance.now.seconds)", secret: "foreign")
        case .signedEarlier(let seconds):
            headers = SignedSlack.headers(bytes, at: "\(ChatConformance.now.seconds - seconds)")
        default: break
        }
        let sent = variation == .altered ? Array(body.replacing("T0001", with: "T0009").utf8) : bytes
        return PlayedDelivery(endpoint, WebhookDelivery(headers: headers, body: sent))
    }

    /// As Slack puts typed text into a command.
    private static func encoded(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    func reply(_ reply: PlayedReply) -> PlayedTransport.Step {
        switch reply {
        case .taken: .reply(200, #"{"ok":true,"ts":"1.2","team_id":"T0001","url":"https://acme.slack.com/"}"#)
        case .tooFast: .reply(429, #"{"ok":false,"error":"ratelimited"}"#, headers: [("retry-after", "30")])
        case .vanished: .reply(200, #"{"ok":false,"error":"message_not_found"}"#)
        case .closedChannel: .reply(200, #"{"ok":false,"error":"not_in_channel"}"#)
        case .badCredentials: .reply(200, #"{"ok":false,"error":"invalid_auth"}"#)
        case .refusedLayout: .reply(200, #"{"ok":false,"error":"invalid_blocks"}"#)
        case .serverError: .reply(503, "xoxb-canary-token")
        }
    }

    func shown(by request: CurlRequest) -> ShownMessage? {
        guard let body = try? JSONValue(parsing: request.body ?? []), let blocks = body["blocks"]?.array,
            let summary = body["text"]?.string
        else { return nil }
        let texts = Self.texts(of: .array(blocks))
        let buttons = blocks.flatMap { $0["elements"]?.array ?? [] }.compactMap { $0["action_id"]?.string }
        return ShownMessage(
            texts: [summary] + texts.map(\.text),
            live: ([summary] + texts.filter { !$0.isPlain }.map(\.text)).flatMap { text in
                // Between back-ticks nothing but `<…>` is more than text.
                text.replacing(/`[^`<]*`/, with: "").matches(of: /<[^>]*>|:[a-z0-9_+-]*[a-z][a-z0-9_+-]*:/).map {
                    String($0.output)
                }
            },
            buttons: buttons.compactMap(Message.Button.Kind.init),
            edits: request.url.hasSuffix("chat.update") ? body["ts"]?.string : nil,
            isPrivate: request.url.hasSuffix("chat.postEphemeral") && body["user"]?.string == account.user,
            isTooLong: summary.utf16.count > 4000 || blocks.count > 50 || texts.contains { $0.text.utf16.count > 3000 }
        )
    }

    func head(carriedBy request: CurlRequest) -> ToldHead? {
        let metadata = (try? JSONValue(parsing: request.body ?? []))?["metadata"]
        guard metadata?["event_type"]?.string == "clusterbot_head", let payload = metadata?["event_payload"],
            let store = payload["store"]?.string, let seq = payload["seq"]?.int, let hash = payload["hash"]?.string
        else { return nil }
        return ToldHead(store: store, head: HistoryHead(seq: seq, hash: hash))
    }

    func reading(_ posts: [PlayedPost]) -> [PlayedTransport.Step] {
        let messages = posts.enumerated().reversed().map { SlackHistory.message($1, ts: "\($0 + 1).000000") }
        return [SlackHistory.authTest, SlackHistory.page(messages)]
    }

    func reading(with obstacle: ReadingObstacle) -> [PlayedTransport.Step] {
        switch obstacle {
        case .notAllowed: [SlackHistory.authTest, .reply(200, #"{"ok":false,"error":"missing_scope"}"#)]
        case .tooFast: [SlackHistory.authTest, reply(.tooFast)]
        case .badCredentials: [reply(.badCredentials)]
        case .serverError: [SlackHistory.authTest, reply(.serverError)]
        case .nonsense: [SlackHistory.authTest, reply(.taken)]
        }
    }

    /// The texts that stand in blocks, and whether each is shown as it is.
    private static func texts(of value: JSONValue) -> [(text: String, isPlain: Bool)] {
        if let items = value.array { return items.flatMap(texts) }
        guard case .object(let members) = value else { return [] }
        if let text = members["text"]?.string { return [(text, members["type"]?.string == "plain_text")] }
        return members.sorted { $0.key < $1.key }.flatMap { texts(of: $0.value) }
    }
}
