import BotCore

/// What those who run the bot are told of a webhook that was rejected.
package enum WebhookRefusal: Hashable, Sendable {
    case noSignature, wrongSignature, foreignApp, foreignWorkspace, malformed, unknownCommand
    /// Signed with our secret, for a time so far before ours (behind it, if negative).
    case clockDiffers(Duration)

    /// The same for all that are counted together: one of a few words.
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

    /// As it stands in the log.
    package var reason: String {
        guard case .clockDiffers(let time) = self else { return kind }
        return "clock differs by \(abs(time.wholeMilliseconds) / 1000) s"
    }
}
