import BotCore

extension ChangeState {
    /// How it looks in a list.
    var sign: String {
        switch self {
        case .preparing, .ready, .sending: "⏳"
        case .pending: "✋"
        case .succeeded: "✅"
        case .failed: "❌"
        case .unknown: "❓"
        case .refused: "⛔"
        case .denied: "🚫"
        case .cancelled: "↩️"
        case .expired: "⌛"
        case .superseded: "🔁"
        }
    }

    /// What people call it.
    var word: String {
        switch self {
        case .preparing: "being looked at"
        case .pending: "waiting"
        case .ready: "waiting for its turn"
        case .sending: "being sent"
        case .succeeded: "done"
        case .failed: "failed"
        case .unknown: "unknown"
        case .refused: "refused"
        case .denied: "denied"
        case .cancelled: "withdrawn"
        case .expired: "expired"
        case .superseded: "replaced"
        }
    }
}
