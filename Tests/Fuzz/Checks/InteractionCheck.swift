import BotCore
import ChatKit
import SlackChat

/// The JSON of a click and of an event: what the bot makes of it is what a second, strict reader makes of it.
enum InteractionCheck {
    /// What the reader in use is content with: so much nesting, and numbers that a `Double` can hold.
    private static let deepest = 256

    static func run(_ input: [UInt8]) throws {
        let json = ReferenceJSON(input).flatMap { $0.isObject && !$0.hasTwins && !$0.hasNUL ? $0 : nil }
        let isReadable = json.map { $0.depth <= deepest && $0.hasOnlyRepresentableNumbers } ?? false
        try checkClick(Door.receive(.interactions, Array("payload=".utf8) + escaped(input)), isReadable ? json : nil)
        try checkEvent(Door.receive(.events, input), isReadable ? json : nil)
    }

    /// Every byte as an escape: nothing of the input acts on the form.
    private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return bytes.flatMap { [UInt8(ascii: "%"), digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    private static func checkClick(_ request: WebhookMeaning, _ json: ReferenceJSON?) throws {
        let expected = Self.expected(json)
        switch request {
        case .answer(let answer):
            try require(
                answer.outcome.rawValue == expected,
                "click: answered as \(answer.outcome.rawValue), expected \(expected)"
            )
        case .command: throw BrokenProperty("a click became a command")
        case .click(let click):
            try require(expected == "click", "became a click, expected \(expected)")
            let user = json?["user"]
            let home = user?["team_id"]?.string ?? ""
            try require(
                click.account == Account(platform: "slack", workspace: home, user: user?["id"]?.string ?? ""),
                "another account: \(click.account)"
            )
            try require(click.channel.id == channel(json), "another channel")
            try require(click.channel.workspace == json?["team"]?["id"]?.string, "another workspace")
            let action = json?["actions"]?.array?.first
            try require(click.button == action?["action_id"]?.string, "another button")
            try require(click.value == action?["value"]?.string ?? "", "another value")
            try require(click.displayName.count <= 80, "a name of \(click.displayName.count) characters")
            if let handle = click.replyHandle {
                try require(handle == json?["response_url"]?.string, "answers go elsewhere")
                try require(handle.hasPrefix("https://hooks.slack.com/"), "answers go to \(handle)")
            }
        }
    }

    /// The word for what the rules say about this payload; `click` for one that is to be carried out.
    private static func expected(_ json: ReferenceJSON?) -> String {
        guard let json, let type = json["type"]?.string, let app = json["api_app_id"]?.string else {
            return "malformed"
        }
        guard app == "A0001" else { return "foreign_app" }
        guard ["T0001", "T0002"].contains(json["team"]?["id"]?.string) else { return "foreign_workspace" }
        guard type == "block_actions" else { return "unsupported" }
        let user = json["user"]
        guard FormCheck.isID(user?["id"]?.string ?? ""), FormCheck.isID(channel(json) ?? ""),
            json["actions"]?.array?.first?["action_id"]?.string != nil
        else { return "malformed" }
        return FormCheck.isID(user?["team_id"]?.string ?? "") ? "click" : "malformed"
    }

    /// Where the message is that was clicked on.
    private static func channel(_ json: ReferenceJSON?) -> String? {
        guard let channel = json?["channel"], !channel.isNull else { return json?["container"]?["channel_id"]?.string }
        return channel["id"]?.string
    }

    private static func checkEvent(_ request: WebhookMeaning, _ json: ReferenceJSON?) throws {
        guard case .answer(let answer) = request else { throw BrokenProperty("an event had an effect") }
        let type = json?["type"]?.string
        switch answer.outcome.rawValue {
        case "malformed":
            let isFine = type != nil && (type != "url_verification" || json?["challenge"]?.string != nil)
            try require(!isFine, "an event that is fine is called malformed")
        case "url_verification":
            try require(type == "url_verification", "an event of type \(type ?? "none") was answered as a challenge")
            let echo = ReferenceJSON(answer.body)?["challenge"]?.string
            try require(echo == json?["challenge"]?.string, "the challenge came back as \(echo ?? "nothing")")
        default: try require(type != nil, "an event that cannot be read was answered as \(answer.outcome.rawValue)")
        }
    }
}
