import BotCore
import Logging

/// A log line about one step of a change, so that a change can be followed by its number from the webhook to the
/// result. It holds nothing that people wrote: no reason, comment, command or display name.
struct StepLine {
    let entry: HistoryEntry
    let seq: Int
    let change: Change
    /// The moment of the change's step before; of the first, that at which it was typed.
    let before: Timestamp
    /// The id of the webhook that caused the step.
    let request: String?

    var level: Logger.Level { Self.level(of: entry.kind) }

    /// An unknown outcome is a warning: somebody should look.
    static func level(of kind: HistoryEntry.Kind) -> Logger.Level { kind == .unknown ? .warning : .info }

    var text: String { "#\(change.id) \(entry.kind.rawValue)" }

    var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = [
            "event": "\(entry.kind.rawValue)",
            "change": .stringConvertible(change.id),
            "cluster": .stringConvertible(change.cluster.id),
            "cluster_name": "\(change.cluster.name)",
            "action": "\(change.action)",
            "actor": "\(entry.actor.logged)",
            "channel": "\(change.channel)",
            "state": "\(change.state.rawValue)",
            "seq": .stringConvertible(seq),
            // Never negative, also where the clock was set back.
            "seconds": .stringConvertible(max((entry.at - before).inSeconds, 0)),
            "reason": entry.texts.isEmpty ? "no" : "yes",
        ]
        if let request { metadata["request"] = "\(request)" }
        if let rule = entry.rule ?? change.permits.first?.rule { metadata["rule"] = "\(rule)" }
        if let known = change.howKnown { metadata["how_known"] = "\(known.rawValue)" }
        // An outcome that the bot recorded has its words from the API or the transport, not from people.
        if entry.actor == .bot, [.failed, .unknown].contains(entry.kind), let outcome = change.outcome {
            metadata["outcome"] = "\(outcome)"
        }
        return metadata
    }
}

extension Actor {
    /// The listed person, else the account; never a display name.
    fileprivate var logged: String { person ?? account.map { "\($0)" } ?? Actor.bot.name }
}
