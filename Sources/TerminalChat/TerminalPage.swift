import BotCore
import ChatKit

/// A message as lines for a terminal: plain text, in which nothing acts on the terminal and no line is somebody else's.
struct TerminalPage {
    /// More is cut, and says so. Half of it is for the first part, which says what is to be done: whoever confirms must see
    /// it whole, and no platform shows more.
    static let longestText = 8000

    let text: String

    init(_ message: Message) {
        // What the bot says may have lines; what people wrote is one.
        var parts: [(text: RichText, keepsLines: Bool)] = message.blocks.isEmpty ? [(message.summary, true)] : []
        for block in message.blocks {
            switch block {
            case .heading(let text): parts.append(("\(text)", false))
            case .quote(let text): parts.append(("“\(text)”", false))
            case .text(let text), .note(let text): parts.append((text, true))
            case .facts(let facts): parts += facts.map { ("\($0.name): \($0.value)", false) }
            case .buttons, .offers: break
            }
        }
        text = parts.enumerated().map { number, part in
            let limit = Self.longestText / 2 / (number == 0 ? 1 : parts.count - 1)
            return FittingText.fitting(part.text, limit: parts.count == 1 ? Self.longestText : limit) {
                VisibleText.text($0.plain, keepsLines: part.keepsLines)
            }
        }.joined(separator: "\n")
    }

    /// The message in one line.
    static func line(_ message: Message) -> String {
        FittingText.fitting(message.summary, limit: longestText) { VisibleText.text($0.plain, keepsLines: false) }
    }
}
