import BotCore
import Testing

struct ChangeTests {
    private func change(_ text: String, permits: [Permit] = []) throws -> Change {
        let asked = try Samples.asked(text)
        return Change(
            id: 17,
            cluster: asked.cluster,
            action: asked.action,
            arguments: asked.arguments,
            requester: Samples.amy,
            channel: Samples.ops,
            reason: asked.reason,
            typedAt: Samples.noon,
            createdAt: Samples.noon,
            state: .preparing,
            permits: permits,
            policy: "p"
        )
    }

    @Test func bodyFieldsAreKnownAtOnceUnlessTheyDependOnARead() throws {
        #expect(try change("42 scale 4").parameters == ["additional_nodes": .int(4)])
        #expect(try change("42 scale to 12").parameters.isEmpty)
        #expect(try change("42 ssh-keys 11").parameters == ["ssh_key_ids": .ints([11])])
        #expect(try change("42 ssh-keys add 13").parameters.isEmpty)
        #expect(try change("42 restart cluster").parameters.isEmpty)
    }

    @Test func theTitleSaysWhatWasAskedAndOnceItIsPlannedWhatWillHappen() throws {
        var change = try change("42 scale to 12")
        #expect(change.title == "scale prod-train to 12 nodes")
        change.plan = Plan(
            change: 17,
            requester: Samples.amy,
            call: Samples.call(),
            before: [:],
            after: [:],
            effect: "+4 nodes on prod-train, 8 → 12",
            cautions: [],
            expiresAt: nil
        )
        #expect(change.title == "+4 nodes on prod-train, 8 → 12")
    }

    @Test func theSameRequestIsTheSamePersonClusterActionAndArguments() throws {
        let change = try change("42 scale 4")
        #expect(
            change.isSameRequest(
                as: try Samples.asked("prod-train scale_cluster additional_nodes=4 --reason x"),
                by: Samples.amy
            )
        )
        let otherAccount = Actor(
            person: "amy",
            account: Account(platform: "os", workspace: "bot1", user: "1001"),
            name: "amy"
        )
        #expect(change.isSameRequest(as: try Samples.asked("42 scale 4"), by: otherAccount))
        #expect(!change.isSameRequest(as: try Samples.asked("42 scale 4"), by: Samples.bob))
        #expect(!change.isSameRequest(as: try Samples.asked("42 scale 4"), by: Samples.stranger))
        #expect(!change.isSameRequest(as: try Samples.asked("42 scale 5"), by: Samples.amy))
        #expect(!change.isSameRequest(as: try Samples.asked("42 scale to 4"), by: Samples.amy))
        #expect(!change.isSameRequest(as: try Samples.asked("43 scale 4"), by: Samples.amy))
        #expect(!change.isSameRequest(as: try Samples.asked("42 image 4"), by: Samples.amy))
    }

    @Test func anyPermitWithoutNeedsIsEnough() throws {
        let one = Needs.approvals(ApprovalNeeds(entries: [.init(from: "leads", count: 1)]))
        #expect(try !change("42 scale 4").needsNobody)
        #expect(
            try !change(
                "42 scale 4",
                permits: [Permit(rule: "a", needs: one), Permit(rule: "b", needs: .confirmation)]
            ).needsNobody
        )
        #expect(
            try change("42 scale 4", permits: [Permit(rule: "a", needs: one), Permit(rule: "b", needs: .nothing)])
                .needsNobody
        )
    }
}
