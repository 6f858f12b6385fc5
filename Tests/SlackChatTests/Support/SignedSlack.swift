import BotCore
import ChatConformance
import ChatKit
import Crypto
import FoundationEssentials

@testable import SlackChat

/// One Slack app and the requests that Slack would send to it.
struct SignedSlack {
    static let secret = "8f742231b10e8888abcd99yyyzzz85a5"
    static let now = Timestamp(seconds: 1_800_000_000)

    var settings = SlackSettings(
        appID: "A0001",
        workspaces: ["T0001": Secret("xoxb-one")],
        signingSecrets: [Secret(SignedSlack.secret)]
    )
    var clock = SetClock(SignedSlack.now)

    var receiver: SlackReceiver { SlackReceiver(settings: settings, clock: clock) }

    /// Signed here with the reference construction, apart from what checks it.
    static func signature(_ body: [UInt8], at stamp: String, secret: String = secret) -> String {
        let message = Array("v0:\(stamp):".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: Array(secret.utf8)))
        return "v0=" + Array(code).hexString
    }

    static func headers(_ body: [UInt8], at stamp: String, secret: String = secret) -> [(name: String, value: String)] {
        [("X-Slack-Request-Timestamp", stamp), ("X-Slack-Signature", signature(body, at: stamp, secret: secret))]
    }

    func send(_ endpoint: SlackEndpoint, _ body: String, age: Int = 0, secret: String = secret) -> WebhookMeaning {
        let bytes = Array(body.utf8)
        let stamp = String(Self.now.seconds - age)
        return receiver.receive(endpoint, headers: Self.headers(bytes, at: stamp, secret: secret), body: bytes)
    }

    /// A slash command as Slack sends it; nil leaves a field out.
    static func command(_ changed: [String: String?] = [:]) -> String {
        let usual: [String: String?] = [
            "token": "old", "team_id": "T0001", "team_domain": "acme", "channel_id": "C0OPS", "channel_name": "ops",
            "user_id": "U0AMY", "user_name": "amy", "command": "/cluster", "text": "42 scale 4", "api_app_id": "A0001",
            "response_url": "https://hooks.slack.com/commands/T0001/1/x", "trigger_id": "1.2.3",
        ]
        return form(usual.merging(changed) { $1 })
    }

    /// A click on a button as Slack sends it, with members of the payload changed; `.null` stays null, nil is left out.
    static func click(_ changed: [String: JSONValue?] = [:]) -> String {
        let usual: [String: JSONValue?] = [
            "type": .string("block_actions"), "api_app_id": .string("A0001"),
            "user": .object(["id": .string("U0BOB"), "username": .string("bob"), "team_id": .string("T0001")]),
            "team": .object(["id": .string("T0001"), "domain": .string("acme")]),
            "channel": .object(["id": .string("C0OPS"), "name": .string("ops")]), "trigger_id": .string("9.8.7"),
            "response_url": .string("https://hooks.slack.com/actions/T0001/1/x"),
            "actions": .array([
                .object(["action_id": .string("approve"), "value": .string("17.abc"), "type": .string("button")])
            ]),
        ]
        let members = usual.merging(changed) { $1 }.compactMapValues { $0 }
        return form(["payload": JSONValue.object(members).canonical])
    }

    static func form(_ fields: [String: String?]) -> String {
        fields.sorted { $0.key < $1.key }.compactMap { name, value in value.map { "\(name)=\(escaped($0))" } }
            .joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x20: return "+"
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: return String(UnicodeScalar(byte))
            default: return "%" + [byte].hexString.uppercased()
            }
        }.joined()
    }
}

extension SlackSignature {
    /// The signed time of a genuine request; nil for every other.
    func signedTime(headers: [(name: String, value: String)], body: [UInt8], now: Timestamp) -> Timestamp? {
        if case .genuine(let time) = verdict(headers: headers, body: body, now: now) { time } else { nil }
    }
}

extension WebhookMeaning {
    var answer: WebhookAnswer? { if case .answer(let answer) = self { answer } else { nil } }
    var command: InboundCommand? { if case .command(let command) = self { command } else { nil } }
    var click: InboundClick? { if case .click(let click) = self { click } else { nil } }
}

extension WebhookAnswer {
    var text: String { String(decoding: body, as: UTF8.self) }
    var isRefusedSilently: Bool { status == 401 && body.isEmpty && outcome == .badSignature }
}
