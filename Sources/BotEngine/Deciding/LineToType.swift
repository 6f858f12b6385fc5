import BotCore

/// A click that asks for the line with which somebody says why: nothing is decided without the words.
struct LineToType: ChangeDecision {
    enum Kind { case whyDenied, succeeded, failed }

    let change: Int
    let kind: Kind

    func decide(_ change: inout Change, by actor: Actor, in channel: Channel, at desk: DecisionDesk) -> DecisionResult {
        // Nobody is handed a line that would be refused.
        if kind != .whyDenied, let problem = Resolve.obstacle(to: change, actor, in: channel, at: desk) {
            return .notDone(problem)
        }
        let (line, last) =
            switch kind {
            case .whyDenied: ("deny \(change.id)", "why")
            case .succeeded: ("resolve \(change.id) succeeded", "how you know")
            case .failed: ("resolve \(change.id) failed", "how you know")
            }
        return .notDone(
            "Type this with your own words in place of `\(last)`: `\(desk.rules.commandWords[channel]) \(line) \(last)`"
        )
    }
}
