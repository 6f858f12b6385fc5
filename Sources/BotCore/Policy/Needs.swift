/// The needs of a permitted change: what must come before it may be sent.
package enum Needs: Hashable, Sendable {
    case nothing
    /// The requester confirms the plan.
    case confirmation
    case approvals(ApprovalNeeds)
}

extension Needs {
    /// Returns these needs with a floor under them: other people agree, too, and for none of the times longer than either
    /// says. A floor that asks no more of a group than these needs do is met by them; a confirmation by the requester gives
    /// way to the agreement of others.
    package func raised(by floor: ApprovalNeeds) -> Needs {
        guard case .approvals(let mine) = self else { return .approvals(floor) }
        var entries = mine.entries
        for entry in floor.entries.merged {
            let asked = entries.filter { $0.from == entry.from && $0.then == entry.then }.reduce(0) { $0 + $1.count }
            guard asked < entry.count else { continue }
            entries.append(.init(from: entry.from, count: entry.count - asked, then: entry.then))
        }
        return .approvals(
            ApprovalNeeds(
                entries: entries.merged,
                within: min(mine.within, floor.within),
                valid: min(mine.valid, floor.valid)
            )
        )
    }
}

extension [ApprovalNeeds.Entry] {
    /// One entry for each group with its further group, in the order of their first.
    fileprivate var merged: [ApprovalNeeds.Entry] {
        var merged: [ApprovalNeeds.Entry] = []
        for entry in self {
            if let index = merged.firstIndex(where: { $0.from == entry.from && $0.then == entry.then }) {
                merged[index] = .init(from: entry.from, count: merged[index].count + entry.count, then: entry.then)
            } else {
                merged.append(entry)
            }
        }
        return merged
    }
}
