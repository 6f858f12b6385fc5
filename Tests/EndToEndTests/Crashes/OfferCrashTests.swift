import Sandbox
import TestSupport
import Testing

/// An offer's button is clicked several times, and the process dies while it is taken: before it is stored, in the commit, or
/// before anybody hears of it. It comes to one change. A click that the service answered is stored; of any other one Slack says
/// beside the button that it failed.
@Suite(.timeLimit(.minutes(20)))
struct OfferCrashTests {
    @Test(arguments: [
        "deliveryVerified:2", "deliveryInTransaction:1", "deliveryInTransaction:1,commitBegins:1",
        "deliveryInTransaction:1,commitDone:1", "deliveryCommitted:1",
    ])
    func isOneChange(at steps: String) async throws {
        let world = try await World()
        let service = try await MortalService(world, dying: steps)
        _ = try await world.slack.send("/cluster 43 sclae 1", as: "U0AMY", in: Self.ops)
        let offer = try await Offered(world) { $0.ephemerals(for: "U0AMY") }
        try await offer.click(by: "U0AMY", "U0AMY")
        try await offer.isTaken(by: 1, says: "U0AMY")
        try await world.sees(" done: ")
        #expect(await service.deaths == 1, "it did not die")
        #expect(await world.cloud.actions.count == 1)
        #expect(try StoreView(world.folder.file("clusterbot.db")).changes().count == 1)
        #expect(try await service.stop() == 0)
        try await world.end()
    }

    /// Everybody may take it, and two do.
    @Test(arguments: ["deliveryInTransaction:2,commitBegins:1", "deliveryCommitted:2"])
    func toAskAgainIsOneChange(at steps: String) async throws {
        let world = try await World { $0.replacing("within: 30m", with: "within: 2s") }
        let service = try await MortalService(world, dying: steps)
        try await world.amy("/cluster 42 sg remove 3")
        let offer = try await Offered(world) { $0.messages(in: Self.ops) }
        try await offer.click(by: "U0AMY", "U0BOB")
        try await offer.isTaken(by: 2, says: "U0CAROL")
        #expect(await service.deaths == 1, "it did not die")
        #expect(try StoreView(world.folder.file("clusterbot.db")).changes().map(\.id) == [1, 2])
        #expect(try await service.stop() == 0)
        try await world.end()
    }

    private static let ops = "C0OPS"

    /// The button of an offer, as it was shown.
    private struct Offered {
        let world: World
        private let ts: String
        private let value: String

        init(_ world: World, in messages: @escaping @Sendable (SlackState) -> [SlackMessage]) async throws {
            let find: @Sendable (SlackState) -> (ts: String, value: String)? = { state in
                for message in messages(state).reversed() {
                    let button = message.buttons.first { $0["action_id"] == "offer" }
                    if let value = button?["value"]?.string { return (message.ts, value) }
                }
                return nil
            }
            try await world.slack.waitUntil("an offer", within: .patience) { find($0) != nil }
            guard let found = find(await world.slack.state) else { throw CrashProblem("the offer is gone") }
            self.world = world
            (ts, value) = found
        }

        /// Two people click at once.
        func click(by one: String, _ other: String) async throws {
            async let second: Void = click(by: other)
            try await click(by: one)
            try await second
        }

        /// Clicks until somebody is told which change took the offer.
        func isTaken(by change: Int, says user: String) async throws {
            for _ in 1...20 {
                try await click(by: user)
                if (try? await hears("That offer is taken: #\(change) ", user, within: .seconds(2))) != nil { return }
            }
            try await hears("That offer is taken: #\(change) ", user, within: .patience)
        }

        private func click(by user: String) async throws {
            let delivery = try await world.slack.click("offer", value: value, on: ts, in: OfferCrashTests.ops, as: user)
            guard delivery.status == 200 else { return }
            let changes = try StoreView(world.folder.file("clusterbot.db")).changes()
            // The one that was offered; on a card, another stands before it.
            let isPublic = await world.slack.state.message(ts, in: OfferCrashTests.ops)?.visibleTo == nil
            #expect(changes.count == (isPublic ? 2 : 1), "a click was answered, and came to nothing")
        }

        private func hears(_ text: String, _ user: String, within limit: Duration) async throws {
            try await world.slack.waitUntil("“\(text)” for \(user)", within: limit) { state in
                state.ephemerals(for: user).contains { $0.readable.contains(text) }
            }
        }
    }
}
