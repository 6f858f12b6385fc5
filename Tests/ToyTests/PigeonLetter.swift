import BotCore
import ChatKit
import ConfigurationTree
import CurlHTTP

/// What the bot says: plain text, so that nothing in it is more than text, with buttons below it.
struct PigeonLetter {
    static let longestText = 2000

    let bytes: [UInt8]

    init(_ message: Message, replacing id: String? = nil, isPrivateTo bird: String? = nil) {
        var buttons: [JSONValue] = []
        var lines: [RichText] = message.blocks.isEmpty ? [message.summary] : []
        for block in message.blocks {
            switch block {
            case .heading(let text), .quote(let text): lines.append("\(text)")
            case .text(let text), .note(let text): lines.append(text)
            case .facts(let facts): lines += facts.map { "\($0.name): \($0.value)" }
            case .offers: break
            case .buttons(let all):
                buttons = all.map { .object(["kind": .string($0.kind.rawValue), "value": .string($0.value)]) }
            }
        }
        let text = RichText(Array(lines.map(\.spans).joined(separator: [.plain("\n")])))
        let shown = FittingText.fitting(text, limit: Self.longestText) {
            VisibleText.text($0.plain, keepsLines: true)
        }
        bytes = Array(
            JSONValue.object([
                "buttons": .array(buttons), "private": .optional(bird), "replaces": .optional(id),
                "text": .string(shown),
            ]).canonical.utf8
        )
    }
}
