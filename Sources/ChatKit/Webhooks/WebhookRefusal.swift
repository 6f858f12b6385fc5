import BotCore

/// The reason of a rejected webhook, for those who run the bot.
package enum WebhookRefusal: Hashable, Sendable {
    case noSignature, wrongSignature, foreignApp, foreignWorkspace, malformed, unknownCommand
    /// It is signed with the right secret, but for a time that lies so far before the bot's (after it, if negative).
    case clockDiffers(Duration)

    /// The same words for all that are counted together.
    package var kind: String {
        switch self {
        case .noSignature: "no signature"
        case .wrongSignature: "wrong signature"
        case .foreignApp: "foreign app"
        case .foreignWorkspace: "foreign workspace"
        case .malformed: "malformed"
        case .unknownCommand: "unknown command"
        case .clockDiffers: "clock differs"
        }
    }

    /// The reason as the log has it.
    package var reason: String {
        guard case .clockDiffers(let time) = self else { return kind }
        return "clock differs by \(abs(time.wholeMilliseconds) / 1000) s"
    }
}
