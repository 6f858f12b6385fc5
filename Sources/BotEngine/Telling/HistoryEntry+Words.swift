import BotCore

extension HistoryEntry.Kind {
    /// What people call the step, in front of who took it: `approved` by bob.
    var words: String {
        switch self {
        case .requested: "asked"
        case .refused: "refused"
        case .planned: "looked at the cluster"
        case .approved: "approved"
        case .denied: "denied"
        case .confirmed: "confirmed"
        case .cancelled: "withdrawn"
        case .expired: "expired"
        case .superseded: "replaced by a new request"
        case .sending: "sent to the cluster API"
        case .succeeded: "done"
        case .failed: "failed"
        case .unknown: "outcome unknown"
        case .settled: "outcome settled"
        case .reloaded: "configuration read again"
        case .reassessed: "judged again by new rules"
        case .restored: "held: the store is older than it was"
        case .held: "held: the history channel knows more"
        case .released: "released: changes can be sent again"
        case .locked: "locked"
        case .unlocked: "unlocked"
        case .frozen: "frozen"
        case .unfrozen: "freeze ended"
        case .reasonAdded: "reason added"
        case .asked: "asked further people"
        case .followed: "looked whether it runs again"
        }
    }
}

extension HistoryRecord {
    /// What people call the entry's kind; that of a later version by its name.
    var kindInWords: String {
        HistoryEntry.Kind(rawValue: kind)?.words ?? kind.replacing("_", with: " ")
    }
}
