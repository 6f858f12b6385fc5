import Sandbox
import TestSupport
import Testing

/// The process dies while two groups are asked, one of them in a channel of its own, and while the cluster is locked. After the
/// restart nobody is asked twice for one thing and nobody is forgotten, the lock holds, and the change is sent once when it ends.
@Suite(.timeLimit(.minutes(20)))
struct AskingCrashTests {
    /// Where it dies: at the first command it is about, at each message, at each decision, at the end of the lock.
    static let deaths = [
        "deliveryCommitted:2", "deliveryCommitted:2,messageRendered:1", "deliveryCommitted:2,milestonePosted:1",
        "deliveryCommitted:2,messageRendered:2", "deliveryCommitted:2,milestonePosted:2",
        "deliveryCommitted:2,messageRendered:3", "deliveryCommitted:2,milestonePosted:3",
        "deliveryCommitted:2,milestonePosted:4", "deliveryCommitted:3", "deliveryCommitted:4",
        "deliveryCommitted:4,messageRendered:1", "deliveryCommitted:5",
    ]

    @Test(arguments: deaths)
    func nobodyIsAskedTwiceOrForgotten(at steps: String) async throws {
        let world = try await World(Self.edited)
        let service = try await MortalService(world, dying: steps)
        func say(_ text: String) async { _ = try? await world.slack.send(text, as: "U0BOB", in: Self.ops) }
        await say("/cluster 42 lock for 1h because I look")
        try await world.sees("bob locked 42 prod-train", in: Self.ops)
        // What is locked by oneself is not closed; what amy asks for would be refused.
        await say("/cluster 42 sg remove 3")
        try await world.sees("approve?", in: Self.ops)
        try await world.sees("approve?", in: Self.security)
        try await world.sees("still waits", in: Self.ops)
        try await world.sees("still waits", in: Self.security)
        // It may be dead at this very moment; then they do it again.
        try await world.persists(until: "✅ a lead: carol", in: Self.security) {
            try await world.click("Approve", as: "U0CAROL", in: Self.ops)
        }
        try await world.persists(until: "bob unlocked 42 prod-train", in: Self.ops) {
            await say("/cluster 42 unlock")
        }
        try await world.persists(until: "– done", in: Self.ops) {
            try await world.click("Approve", as: "U0ERIN", in: Self.security)
        }
        try await world.sees("– done", in: Self.security)
        try await world.sees(" done: ", in: Self.ops)
        #expect(await service.deaths == 1, "it did not die")

        // A message that Slack took, and of which the dead process did not know, is the only one that may be there twice:
        // one in each channel, because they are written to side by side.
        let most = steps.contains("Posted") ? 1 : 0
        for channel in [Self.ops, Self.security] {
            let messages = await world.slack.messages(in: channel).filter { !$0.isDeleted }
            func count(_ words: String) -> Int { messages.count { $0.readable.contains(words) } }
            #expect(1...(1 + most) ~= count("– done") + count("approve?"))
            // The reminder is seen before it is stored that it was posted; the decision that comes then may be the last thing.
            let again = steps == "deliveryCommitted:3" ? 1 : most
            #expect(1...(1 + again) ~= count("still waits"))
            #expect(count("approve?") <= most, "a card keeps its buttons")
            #expect(count(" done: ") == (channel == Self.ops ? 1 : 0))
        }
        #expect(await world.cloud.actions.count == 1)
        let kinds = try await world.kinds()
        #expect(
            kinds == ["locked", "requested", "planned", "approved", "unlocked", "approved", "sending", "succeeded"]
        )
        #expect(try await service.stop() == 0)
        try await world.end()
    }

    private static let ops = "C0OPS"
    private static let security = "C0SECURITY"

    private static func edited(_ text: String) -> String {
        World.withSecurity(text, "{people: [erin], ask: {in: security}}").replacing(
            "policy:\n",
            with: """
                policy:
                  - {name: leads lock, allow: [lock], who: [leads]}
                  - {name: security agrees, require: {approvals: [{from: security}], within: 30s}, actions: [remove_security_group]}

                """
        ).replacing("within: 30m", with: "within: 30s")
    }
}
