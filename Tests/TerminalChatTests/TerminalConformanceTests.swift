import BotCore
import ChatConformance
import ChatKit
import Testing

@testable import TerminalChat

/// The terminal keeps what every platform promises that comes by the socket.
@Suite(.timeLimit(.minutes(2)))
struct TerminalConformanceTests {
    @Test(arguments: SocketPromise.allCases)
    func holds(promise: SocketPromise) async throws { try await promise.check(TerminalUnderTest()) }
}

private struct TerminalUnderTest: SocketChatUnderTest {
    let account = Account(platform: "os", workspace: "bot1", user: "1001")
    let channel = Channel(platform: "chat", workspace: "w", id: "ops")
    var settings: any ChatSettings { TerminalSettings(host: "bot1", channel: channel) }

    let malformed: [JSONValue] = [
        .null, .string("say"), .object(["do": .string("approve")]), .object(["do": .string("say")]),
        .object(["do": .string("say"), "text": .int(4), "key": .string("1"), "waits": .bool(false)]),
        .object(["do": .string("say"), "text": .string("a"), "key": .string(""), "waits": .bool(false)]),
        .object(["do": .string("say"), "text": .string("a"), "key": .string("a:b"), "waits": .bool(false)]),
        .object([
            "do": .string("approve"), "value": .string("17.abc"), "key": .string("1"), "handle": .string("h"),
        ]),
        .object(["do": .string("confirm"), "value": .string("17.abc"), "key": .string("1")]),
        .object(["do": .string("follow"), "change": .int(17)]),
    ]

    func command(_ text: String, key: String) -> JSONValue {
        .object(["do": .string("say"), "text": .string(text), "key": .string(key), "waits": .bool(false)])
    }

    func click(_ kind: Message.Button.Kind, value: String, key: String) -> JSONValue? {
        let word: String
        switch kind {
        case .confirm: word = "confirm"
        case .cancel: word = "withdraw"
        case .approve, .deny, .sayWhy, .resolveSucceeded, .resolveFailed, .unlock, .offer, .page: return nil
        }
        return .object([
            "do": .string(word), "value": .string(value), "key": .string(key), "handle": .string("h"),
        ])
    }
}
