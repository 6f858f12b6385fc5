import BotCore
import TestSupport
import Testing

struct ApprovalNeedsTests {
    private let groups: [String: Set<String>] = ["leads": ["bob", "carl"], "owners": ["bob"], "empty": []]

    private func needs(_ entries: [(String, Int)]) -> ApprovalNeeds {
        ApprovalNeeds(entries: entries.map { .init(from: $0.0, count: $0.1) })
    }

    private func areMet(_ entries: [(String, Int)], by people: Set<String>) -> Bool {
        needs(entries).areMet(by: people) { groups[$0] ?? [] }
    }

    @Test func onePersonOfTheGroupIsEnoughForOne() {
        #expect(areMet([("leads", 1)], by: ["bob"]))
        #expect(areMet([("leads", 1)], by: ["amy", "carl"]))
        #expect(!areMet([("leads", 1)], by: []))
        #expect(!areMet([("leads", 1)], by: ["amy"]))
        #expect(!areMet([("leads", 2)], by: ["bob"]))
        #expect(areMet([("leads", 2)], by: ["bob", "carl"]))
    }

    @Test func onePersonCountsOnceOverAllEntries() {
        #expect(!areMet([("leads", 1), ("owners", 1)], by: ["bob"]))
        #expect(areMet([("leads", 1), ("owners", 1)], by: ["bob", "carl"]))
        #expect(areMet([("owners", 1), ("leads", 1)], by: ["bob", "carl"]))
        #expect(!areMet([("owners", 2)], by: ["bob", "carl"]))
    }

    @Test func agreementFromNobodyIsNoAgreement() {
        #expect(!areMet([], by: ["bob"]))
        #expect(!areMet([("leads", 0)], by: ["bob"]))
        #expect(!areMet([("leads", -1)], by: ["bob"]))
        #expect(!areMet([("leads", 1), ("owners", 0)], by: ["bob", "carl"]))
        #expect(!areMet([("empty", 1)], by: ["bob"]))
        #expect(!areMet([("unknown", 1)], by: ["bob"]))
    }

    @Test func whatIsMissingIsCounted() {
        func missing(_ entries: [(String, Int)], _ people: Set<String>) -> Int {
            needs(entries).missing(after: people) { groups[$0] ?? [] }
        }
        #expect(missing([("leads", 2)], []) == 2)
        #expect(missing([("leads", 2)], ["carl"]) == 1)
        #expect(missing([("leads", 1), ("owners", 1)], ["bob"]) == 1)
        #expect(missing([("leads", 1), ("owners", 1)], ["carl", "bob"]) == 0)
    }

    @Test func whatIsNeededIsSaidInWords() {
        #expect(needs([("leads", 1), ("owners", 2)]).sentence == "a lead and 2 owners")
    }

    @Test func theUsualTimesAreThoseOfTheContract() {
        #expect(needs([("leads", 1)]).within == .seconds(1800))
        #expect(needs([("leads", 1)]).valid == .seconds(900))
    }

    /// The definition: some way of giving each seat a person of its group of their own.
    private func reference(_ seats: ArraySlice<Set<String>>, _ people: Set<String>) -> Bool {
        guard let seat = seats.first else { return true }
        return people.contains { seat.contains($0) && reference(seats.dropFirst(), people.subtracting([$0])) }
    }

    @Test func peopleAreDealtToEntriesWheneverThatIsPossible() {
        let names = ["amy", "bob", "carl", "dan", "eve"]
        var random = SplitMix64(seed: 99)
        var met = 0
        for _ in 0..<1500 {
            var members: [String: Set<String>] = [:]
            for group in ["a", "b", "c"] {
                members[group] = Set(names.filter { _ in Int.random(in: 0..<2, using: &random) == 0 })
            }
            let entries = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                (["a", "b", "c"].randomElement(using: &random) ?? "a", Int.random(in: 1...2, using: &random))
            }
            let people = Set(names.filter { _ in Int.random(in: 0..<3, using: &random) > 0 })
            let seats = entries.flatMap { entry in Array(repeating: members[entry.0] ?? [], count: entry.1) }
            let expected = reference(seats[...], people)
            met += expected ? 1 : 0
            #expect(
                needs(entries).areMet(by: people) { members[$0] ?? [] } == expected,
                "\(entries) \(members) \(people)"
            )
        }
        #expect((150...1350).contains(met))
    }

    @Test func theRequesterIsNeverAmongThePossibleApprovers() {
        let policy = Samples.policy([])
        let permits = [
            Permit(rule: "a", needs: .approvals(needs([("leads", 1), ("engineers", 1)]))),
            Permit(rule: "b", needs: .nothing),
            Permit(rule: "c", needs: .confirmation), Permit(rule: "d", needs: .approvals(needs([("unknown", 1)]))),
        ]
        #expect(policy.possibleApprovers(permits, requester: Samples.bob) == ["amy", "carl"])
        #expect(policy.possibleApprovers(permits, requester: Samples.amy) == ["bob", "carl"])
        #expect(policy.possibleApprovers(permits, requester: Samples.stranger) == ["amy", "bob", "carl"])
        #expect(policy.possibleApprovers([Permit(rule: "b", needs: .nothing)], requester: Samples.amy).isEmpty)
    }
}
