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
            // What asks the group alone is stricter than what asks a further group as well.
            let asked = entries.filter { $0.from == entry.from && ($0.then == nil || $0.then == entry.then) }
            let missing = entry.count - asked.reduce(0) { $0 + $1.count }
            guard missing > 0 else { continue }
            if entry.then == nil { entries.tighten(entry.from, by: missing) }
            entries.append(.init(from: entry.from, count: missing, then: entry.then))
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
    /// Takes up to so many seats from those entries that ask a further group as well: they are asked of the group alone.
    fileprivate mutating func tighten(_ group: String, by seats: Int) {
        var left = seats
        self = compactMap { entry in
            guard entry.from == group, entry.then != nil, left > 0 else { return entry }
            let taken = Swift.min(left, entry.count)
            left -= taken
            return taken == entry.count
                ? nil : ApprovalNeeds.Entry(from: group, count: entry.count - taken, then: entry.then)
        }
    }

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
