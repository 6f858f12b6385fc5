import BotCore

extension Change {
    /// Where it stands, behind "it": `waits for a lead`, `is denied`.
    var standing: String {
        switch state {
        case .preparing: "is being looked at"
        case .pending where waitsForRequester: "waits for \(requester.shownName) to confirm it"
        case .pending: "waits for \(permits.sentence)"
        case .ready: busy.map { "waits: the cluster is \($0.status.lowercased())" } ?? "waits for its turn"
        case .sending: "is being sent"
        case .unknown: "is unknown: no answer came"
        case .succeeded: "is done"
        case .failed: "failed"
        case .refused: "is refused"
        case .denied: "is denied"
        case .cancelled: "is withdrawn"
        case .expired: "is expired"
        case .superseded: "is superseded"
        }
    }

    /// Whether the requester's own confirmation is enough.
    var waitsForRequester: Bool { permits.contains { $0.needs == .confirmation } }
}

extension StoreReader {
    /// Returns where a change stands, behind "it", with who is still missing and what is before it: `waits for #1 on
    /// prod-train`. Back-ticks mark times.
    func standing(of change: Change, _ rules: Rulebook, at now: Timestamp) throws -> String {
        switch change.state {
        case .pending where !change.waitsForRequester:
            let approvals = try approvals(of: change.id)
            return "waits for \(Consent(change: change, approvals: approvals, rules: rules).lacking)"
        case .ready:
            let wait = try wait(of: change, rules, at: now)
            if case .closure? = wait { return wait?.standing(on: change.cluster) ?? change.standing }
            guard change.busy == nil else { return change.standing }
            return wait?.standing(on: change.cluster) ?? "is sent next"
        default: return change.standing
        }
    }
}
