import BotCore
import ChatConformance

/// Slack's answers to `conversations.history`.
enum SlackHistory {
    static let authTest = PlayedTransport.Step.reply(
        200,
        #"{"ok":true,"team_id":"T0001","user":"clusterbot","user_id":"U0BOT","bot_id":"B0BOT"}"#
    )

    static func page(_ messages: [JSONValue], cursor: String = "") -> PlayedTransport.Step {
        let more = cursor.isEmpty ? "" : #","response_metadata":{"next_cursor":"\#(cursor)"}"#
        return .reply(200, #"{"ok":true,"messages":\#(JSONValue.array(messages).canonical)\#(more)}"#)
    }

    static func message(_ post: PlayedPost, ts: String) -> JSONValue {
        var message: [String: JSONValue] = [
            "type": .string("message"), "ts": .string(ts), "text": .string("#17 done"), "user": .string("U0BOT"),
            "team": .string("T0001"), "bot_id": .string("B0BOT"), "app_id": .string("A0001"),
            "metadata": metadata(post.told),
        ]
        switch post.author {
        case .bot: break
        case .botEdited: message["edited"] = .object(["user": .string("B0BOT"), "ts": .string("9.000000")])
        case .otherBot: message["bot_id"] = .string("B0OTHER")
        case .otherApp: message["app_id"] = .string("A0002")
        case .otherWorkspace:
            message["team"] = .string("T0EXT")
        case .person:
            for name in ["bot_id", "app_id", "metadata"] { message[name] = nil }
            message["user"] = .string("U0DAVE")
            message["text"] = .string(metadata(post.told).canonical)
        }
        return .object(message)
    }

    static func metadata(_ told: ToldHead) -> JSONValue {
        .object([
            "event_type": .string("clusterbot_head"),
            "event_payload": .object([
                "store": .string(told.store), "seq": .int(told.head.seq), "hash": .string(told.head.hash),
            ]),
        ])
    }
}
