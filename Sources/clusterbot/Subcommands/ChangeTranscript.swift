import BotCore
import BotEngine

/// A stored change as a script that can be played: who typed and decided what, what the channel saw, and what was sent.
struct ChangeTranscript {
    let text: String

    init(_ change: Change, _ entries: [ChainedEntry]) {
        let channel = change.channel.id
        let asked = change.askedChange
        var lines = ["# #\(change.id), \(change.createdAt.readable)", "in #\(channel)"]
        lines.append("\(Self.name(change.requester)): /cluster \(asked.typedLine)\(asked.typedReason)")
        for entry in entries { lines += Self.steps(entry, change, in: channel) }
        text = lines.map { TerminalText.line($0) }.joined(separator: "\n")
    }

    private static func steps(_ entry: ChainedEntry, _ change: Change, in channel: String) -> [String] {
        guard let record = entry.record, let kind = HistoryEntry.Kind(rawValue: record.kind) else { return [] }
        let who = name(record.actorName)
        let said = (entry.texts["comment"] ?? entry.texts["reason"])?.text
        switch kind {
        case .planned: return change.needsNobody ? [] : ["#\(channel) shows \(change.title.capitalizedFirst)"]
        case .approved:
            return [said.map { "\(who): /cluster approve \(change.id) \($0)" } ?? "\(who) clicks Approve"]
        case .confirmed: return ["\(who): /cluster confirm \(change.id)"]
        case .denied:
            return [said.map { "\(who): /cluster deny \(change.id) \($0)" } ?? "\(who) clicks Deny"]
                + ["#\(channel) shows – denied", "the API receives nothing"]
        case .cancelled: return ["\(who) clicks Withdraw", "#\(channel) shows – withdrawn", "the API receives nothing"]
        case .sending:
            return change.plan.map { ["the API receives \(change.cluster.id) \($0.call.body)"] } ?? []
        case .succeeded: return ["#\(channel) shows – done"]
        case .failed: return ["#\(channel) shows \(change.howKnown == .notSent ? "nothing was sent" : "– failed")"]
        case .unknown where !record.isReminder: return ["#\(channel) shows – unknown"]
        case .refused: return ["\(name(change.requester)) sees refused", "the API receives nothing"]
        case .expired: return ["#\(channel) shows – expired", "the API receives nothing"]
        default: return []
        }
    }

    /// A person's name in a script: the letters of it.
    private static func name(_ actor: Actor) -> String { name(actor.shownName) }

    private static func name(_ shown: String) -> String {
        let letters = String(shown.prefix { $0.isLetter })
        return letters.isEmpty ? "somebody" : letters
    }
}
