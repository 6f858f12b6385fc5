/// The approvals of other people that a change needs. Every entry must be met, and one person counts once over all of
/// them.
package struct ApprovalNeeds: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        /// The group whose members may approve.
        package let from: String
        /// The number of them that is needed, at least 1.
        package let count: Int

        package init(from: String, count: Int) {
            self.from = from
            self.count = count
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

    /// The needs in words: `1 of leads and 2 of owners`.
    package var sentence: String { entries.map { "\($0.count) of \($0.from)" }.joined(separator: " and ") }

    /// Returns whether these people can be assigned to the entries so that each entry has its count and nobody counts
    /// twice.
    /// - Parameter members: the people in a group, as the policy knows it now.
    package func areMet(by people: Set<String>, members: (String) -> Set<String>) -> Bool {
        entries.allSatisfy { $0.count > 0 } && !entries.isEmpty && missing(after: people, members: members) == 0
    }

    /// Returns the fewest approvals that are missing if `people` approved.
    package func missing(after people: Set<String>, members: (String) -> Set<String>) -> Int {
        // This is a bipartite matching between seats (entry × count) and people, grown by augmenting paths.
        let seats = entries.flatMap { entry in Array(repeating: members(entry.from), count: max(0, entry.count)) }
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
