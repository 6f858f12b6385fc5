import Sandbox
import TestSupport
import Testing

/// The process dies while a cluster is frozen on which a request waits, and while a further group, which the platform knows, is
/// asked. After the restart the freeze holds until it ends, the group was asked once, and the change is sent once.
@Suite(.timeLimit(.minutes(20)))
struct FreezeCrashTests {
    /// Where it dies: at the request, at the freeze, at messages and commits after it, at the approval, at the end of the freeze.
    static let deaths = [
        "deliveryCommitted:1", "deliveryInTransaction:2", "deliveryCommitted:2",
        "deliveryCommitted:2,messageRendered:1",
        "deliveryCommitted:2,milestonePosted:1", "deliveryCommitted:2,milestonePosted:3",
        "deliveryCommitted:2,commitDone:2", "deliveryCommitted:2,commitDone:4", "deliveryCommitted:3",
        "deliveryCommitted:3,messageRendered:1", "deliveryInTransaction:4", "deliveryCommitted:4",
        "deliveryCommitted:4,turnCame:1",
    ]

    @Test(arguments: deaths)
    func itHoldsUntilItEnds(at steps: String) async throws {
        var workspace = SlackWorkspace.demo
        workspace.userGroups = [.init(id: "S0SECURITY", handle: "security", users: ["U0ERIN"])]
        let world = try await World(workspace: workspace, Self.edited)
        let service = try await MortalService(world, dying: steps)
        func bob(_ text: String) async { _ = try? await world.slack.send(text, as: "U0BOB", in: Self.ops) }
        try? await world.amy("/cluster 42 restart workers")
        try await world.sees("approve?", in: Self.ops)
        try await world.hasNotedEveryMessage()
        // Said twice it would be two freezes: whoever is not answered looks for a while.
        try await world.persists(until: "bob froze 42 prod-train", in: Self.ops, patience: .seconds(20)) {
            await bob(#"/cluster freeze "release" 42 for 1h"#)
        }
        try await world.sees("asks security as well", in: Self.ops)
        try await world.persists(until: "– frozen until", in: Self.security) {
            try await world.click("Approve", as: "U0ERIN", in: Self.security)
        }
        try await world.sees("– frozen until", in: Self.ops)
        #expect(await world.cloud.actions.isEmpty, "it was sent while its cluster was frozen")
        try await world.persists(until: "bob ended the freeze F1", in: Self.ops) { await bob("/cluster unfreeze F1") }
        try await world.sees("– done", in: Self.ops)
        try await world.sees("– done", in: Self.security)
        try await world.sees(" done: ", in: Self.ops)
        #expect(await service.deaths == 1, "it did not die")

        let most = steps.contains("Posted") ? 1 : 0
        for channel in [Self.ops, Self.security] {
            let messages = await world.slack.messages(in: channel).filter { !$0.isDeleted }
            func count(_ words: String) -> Int { messages.count { $0.readable.contains(words) } }
            #expect(1...(1 + most) ~= count("– done") + count("approve?"))
            // In the group's own channel the card itself asks it.
            #expect(channel == Self.ops ? 1...(1 + most) ~= count("asks security as well") : count("as well now") == 0)
            #expect(count("approve?") <= most, "a card keeps its buttons")
        }
        #expect(await world.cloud.actions.count == 1)
        let kinds = try await world.kinds()
        // The clock asks the further group, so it may be asked before or after the freeze.
        #expect(kinds.count { $0 == "asked" } == 1)
        #expect(
            kinds.filter { $0 != "asked" }
                == ["requested", "planned", "frozen", "approved", "unfrozen", "sending", "succeeded"]
        )
        #expect(try await service.stop() == 0)
        try await world.end()
    }

    private static let ops = "C0OPS"
    private static let security = "C0SECURITY"

    private static func edited(_ text: String) -> String {
        World.withSecurity(text, "{slack_usergroups: [T0001/S0SECURITY], ask: {in: security}}").replacing(
            "policy:\n",
            with: """
                policy:
                  - {name: leads freeze, allow: [freeze], who: [leads]}

                """
        ).replacing("count: 1}]", with: "count: 1, then: {after: 2s, from: security}}]")
    }
}
