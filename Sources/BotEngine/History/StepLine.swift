import BotCore
import Logging

/// One step of a change as the log tells it, so that a change can be followed by its number from the webhook to the
/// result. Nothing that people wrote is in it: no reason, comment, command or display name.
struct StepLine {
    let entry: HistoryEntry
    let seq: Int
    let change: Change
    /// When the change took the step before.
    let before: Timestamp
    /// Names the webhook that it came of.
    let request: String?

    /// Nobody knows what came of it: somebody should look.
    var level: Logger.Level { entry.kind == .unknown ? .warning : .info }

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
            // A clock that was set back makes no step end before it began.
            "seconds": .stringConvertible(max((entry.at - before).inSeconds, 0)),
            "reason": entry.texts.isEmpty ? "no" : "yes",
        ]
        if let request { metadata["request"] = "\(request)" }
        if let rule = entry.rule ?? change.permits.first?.rule { metadata["rule"] = "\(rule)" }
        if let known = change.howKnown { metadata["how_known"] = "\(known.rawValue)" }
        // Where the bot itself says what came of a call, it has the words from the API or the transport.
        if entry.actor == .bot, [.failed, .unknown].contains(entry.kind), let outcome = change.outcome {
            metadata["outcome"] = "\(outcome)"
        }
        return metadata
    }
}

extension Actor {
    /// The person who is listed, else the account; never a display name.
    fileprivate var logged: String { person ?? account.map { "\($0)" } ?? Actor.bot.name }
}
