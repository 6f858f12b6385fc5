import BotCore

/// `approve`, `deny`, `confirm`, `cancel`, `resolve` or `show` without a number: the changes that the person can mean.
///
/// Each has a button that shows it. It decides nothing but to withdraw: what somebody agrees to is what its card showed them.
struct WhichChange: Question {
    /// The command's word.
    let word: String

    /// The most changes that are listed, so that each stands beside its button.
    private static let mostListed = 8

    var cluster: Cluster? { nil }

    func answer(_ asking: Asking) async throws -> Reply {
        let now = asking.context.clock.now
        let (found, standings, notes) = try await asking.context.store.read { reader in
            let open = try reader.changes(in: [.preparing, .pending, .ready, .unknown]).filter {
                asking.mayNotRead($0.cluster) == nil
            }
            let found = try open.suffix(Pending.mostJudged).filter { try isMeant($0, reader, asking, now) }
            let standings = try found.suffix(Self.mostListed).map {
                ($0.id, try reader.standing(of: $0, asking.rules, at: now))
            }
            return (
                found, Dictionary(standings) { first, _ in first }, try reader.notes(on: found, asking.rules, at: now)
            )
        }
        guard let last = found.last else { return Reply(Message(RichText(marked: nothing))) }
        let shown = found.suffix(Self.mostListed)
        let left = found.count - shown.count
        let lines = shown.flatMap { change -> [Message.Block] in
            [
                .text(Pending.line(change, standings) + RichText(marked: notes[change.id] ?? "")),
                .offers([offer(change, isDirect: asking.inbound.isDirect)]),
            ]
        }
        let command = "\(asking.rules.commandWords[asking.channel]) \(word)"
        let how: RichText =
            found.count == 1
            ? "Or type \(code: "\(command) \(last.id)\(rest)")"
            : "Or type \(code: command) \(RichText(marked: restInWords))"
        return Reply(
            Message(
                summary: "\(title): \(shown.map { "#\($0.id)" }.joined(separator: ", "))",
                blocks: [.heading(title)] + (left > 0 ? [.text("… and \(left) older ones")] : []) + lines
                    + [.note(how)]
            )
        )
    }

    private func offer(_ change: Change, isDirect: Bool) -> OfferedLine {
        word == "cancel" && !isDirect
            ? OfferedLine("cancel \(change.id)", label: "Withdraw #\(change.id)")
            : OfferedLine("show \(change.id)", label: "Show #\(change.id)")
    }

    /// Returns whether the command can be about this change.
    private func isMeant(_ change: Change, _ reader: any StoreReader, _ asking: Asking, _ now: Timestamp) throws -> Bool
    {
        let isTheirs = asking.rules.policy.isSamePerson(change.requester, asking.actor)
        let waits = { try Pending.waits(change, for: asking.actor, reader, asking.rules, now) }
        return switch word {
        case "approve", "deny": try change.state == .pending && !isTheirs && waits()
        case "confirm": try change.state == .pending && isTheirs && waits()
        case "cancel": isTheirs && change.state != .unknown
        case "resolve": try change.state == .unknown && waits()
        default: try isTheirs || waits()
        }
    }

    private var title: String {
        switch word {
        case "approve": "Waiting for your approval"
        case "deny": "What you can deny"
        case "confirm": "Waiting for your confirmation"
        case "cancel": "What you can withdraw"
        case "resolve": "Waiting for your verdict"
        default: "What waits for you, and what you asked for"
        }
    }

    private var nothing: String {
        switch word {
        case "approve": "Nothing waits for your approval."
        case "deny": "Nothing waits that you could deny."
        case "confirm": "Nothing waits for your confirmation."
        case "cancel": "You have no change that could be withdrawn."
        case "resolve": "No outcome waits for your verdict."
        default: "Nothing waits for you. `history` shows what was done."
        }
    }

    /// The same where the number is still to be chosen.
    private var restInWords: String {
        switch word {
        case "deny": "with a number and why"
        case "resolve": "with a number, `succeeded` or `failed`, and how you know"
        default: "with a number"
        }
    }

    /// What has to be typed behind the number.
    private var rest: String {
        switch word {
        case "deny": " why"
        case "resolve": " succeeded how you know"
        default: ""
        }
    }
}
