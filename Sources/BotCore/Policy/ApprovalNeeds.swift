/// The approvals of other people that a change needs. Every entry must be met, and one person counts once over all of
/// them.
package struct ApprovalNeeds: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        /// The group whose members may approve. In the rules it may be a ``LabelTemplate``; a permit has the group itself.
        package let from: String
        /// The number of them that is needed, at least 1.
        package let count: Int
        /// The group that is asked, too, if they take too long; nil: none.
        package let then: FurtherGroup?
        /// Whether the further group was asked. From then on its members count for this entry as well.
        package var isFurtherGroupAsked: Bool

        package init(from: String, count: Int, then: FurtherGroup? = nil, isFurtherGroupAsked: Bool = false) {
            self.from = from
            self.count = count
            self.then = then
            self.isFurtherGroupAsked = isFurtherGroupAsked
        }

        /// The groups whose members count for it now.
        package var groups: [String] {
            guard let then, isFurtherGroupAsked, then.from != from else { return [from] }
            return [from, then.from]
        }

        /// The entry in words: `a lead`, `2 leads`, `2 of oncall`, `a lead or manager`.
        package var words: String {
            let names = groups.map { $0.named(count: count) }.joined(separator: " or ")
            if count > 1 { return "\(count) \(names)" }
            return names.first.map("aeiou".contains) == true ? "an \(names)" : "a \(names)"
        }

        /// What is missing of the entry in words, where it has some of its approvals: `1 more lead`.
        package func words(more count: Int) -> String {
            "\(count) more \(groups.map { $0.named(count: count) }.joined(separator: " or "))"
        }
    }

    /// A group that is asked later.
    package struct FurtherGroup: Hashable, Sendable {
        /// The time from the plan on after which it is asked.
        package let after: Duration
        package let from: String

        package init(after: Duration, from: String) {
            self.after = after
            self.from = from
        }
    }

    package let entries: [Entry]
    /// The time to collect the approvals, from the plan on.
    package let within: Duration
    /// The time from the last approval to the sending.
    package let valid: Duration

    /// The time within which approvals are collected where the configuration says nothing.
    package static let usualWithin = Duration.seconds(30 * 60)
    package static let usualValid = Duration.seconds(15 * 60)

    package init(entries: [Entry], within: Duration = usualWithin, valid: Duration = usualValid) {
        self.entries = entries
        self.within = within
        self.valid = valid
    }

    /// The needs in words: `a lead and 2 owners`.
    package var sentence: String { entries.map(\.words).joined(separator: " and ") }

    /// Returns whether these people can be assigned to the entries so that each entry has its count and nobody counts
    /// twice.
    /// - Parameter members: the people in a group, as the policy knows it now.
    package func areMet(by people: Set<String>, members: (String) -> Set<String>) -> Bool {
        entries.allSatisfy { $0.count > 0 } && !entries.isEmpty && missing(after: people, members: members) == 0
    }

    /// Returns the fewest approvals that are missing if `people` approved.
    package func missing(after people: Set<String>, members: (String) -> Set<String>) -> Int {
        // This is a bipartite matching between seats (entry × count) and people, grown by augmenting paths.
        let seats = entries.flatMap { entry in
            Array(repeating: entry.members(members), count: max(0, entry.count))
        }
        var seatOf: [String: Int] = [:]
        func place(_ seat: Int, _ tried: inout Set<String>) -> Bool {
            for person in people.sorted() where seats[seat].contains(person) && tried.insert(person).inserted {
                if let held = seatOf[person], !place(held, &tried) { continue }
                seatOf[person] = seat
                return true
            }
            return false
        }
        var filled = 0
        for seat in seats.indices {
            var tried: Set<String> = []
            if place(seat, &tried) { filled += 1 }
        }
        return seats.count - filled
    }
}

extension ApprovalNeeds.Entry {
    /// Returns the people whose approval counts for it now.
    /// - Parameter members: the people in a group, as the policy knows it now.
    package func members(_ members: (String) -> Set<String>) -> Set<String> {
        groups.reduce(into: []) { $0.formUnion(members($1)) }
    }
}

extension ApprovalNeeds {
    /// Returns these needs after the further groups were asked whose time has come.
    /// - Parameter passed: the time since the plan was made.
    package func askingFurtherGroups(after passed: Duration) -> ApprovalNeeds {
        var asked = entries
        for index in asked.indices where (asked[index].then?.after).map({ $0 <= passed }) == true {
            asked[index].isFurtherGroupAsked = true
        }
        return ApprovalNeeds(entries: asked, within: within, valid: valid)
    }

    /// Returns these needs with those further groups asked that others have asked in the same place.
    package func asking(as others: [ApprovalNeeds]) -> ApprovalNeeds {
        var asked = entries
        for index in asked.indices {
            let isAsked = others.contains { needs in
                needs.entries.contains {
                    $0.isFurtherGroupAsked && $0.from == asked[index].from && $0.then == asked[index].then
                }
            }
            if isAsked { asked[index].isFurtherGroupAsked = true }
        }
        return ApprovalNeeds(entries: asked, within: within, valid: valid)
    }
}

extension [Permit] {
    /// The needs of those permits that ask other people.
    package var approvalNeeds: [ApprovalNeeds] {
        compactMap { if case .approvals(let needs) = $0.needs { needs } else { nil } }
    }

    /// Returns these permits with every approval need replaced.
    package func mappingNeeds(_ replace: (ApprovalNeeds) -> ApprovalNeeds) -> [Permit] {
        map { permit in
            guard case .approvals(let needs) = permit.needs else { return permit }
            return Permit(rule: permit.rule, needs: .approvals(replace(needs)), floors: permit.floors)
        }
    }
}

extension String {
    /// The name of a group for so many of its members: `lead` or `leads`; `of oncall` where the name is no plural.
    fileprivate func named(count: Int) -> String {
        guard hasSuffix("s"), !hasSuffix("ss"), self.count > 2 else {
            return count > 1 ? "of \(self)" : "member of \(self)"
        }
        return count > 1 ? self : String(dropLast())
    }
}
