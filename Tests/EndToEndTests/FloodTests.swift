import CurlHTTP
import Foundation
import NIOConcurrencyHelpers
import Sandbox
import TestSupport
import Testing

/// People inside and outside who send as much as they can, all at once. Nobody else waits for it.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct FloodTests {
    /// Somebody who floods, and what was answered to them by status.
    private struct Flood: Sendable {
        let user: String
        let isSigned: Bool
        /// The command with this number.
        let text: @Sendable (Int) -> String
        let answers = EventWaiter<[Int: Int]>([:])
        private let numbers = NIOLockedValueBox(0)

        init(by user: String, isSigned: Bool = true, _ text: @escaping @Sendable (Int) -> String) {
            self.user = user
            self.isSigned = isSigned
            self.text = text
        }

        private static let forged = "v0=\(String(repeating: "0", count: 64))"

        /// Sends one after the other until the task is cancelled.
        func run(_ sender: Sender, over transport: CurlTransport) async throws {
            while !Task.isCancelled {
                let number = numbers.withLockedValue { numbers in
                    numbers += 1
                    return numbers
                }
                let body = HostileRequestsTests.form([
                    "text": text(number), "user_id": user, "user_name": user.lowercased(),
                    "trigger_id": "1.\(user).\(number)",
                ])
                let status =
                    isSigned
                    ? try await sender.post(body, over: transport).status
                    : try await sender.post(body, signature: Self.forged, over: transport).status
                answers.update { $0[status, default: 0] += 1 }
            }
        }
    }

    /// Connections of each.
    private static let atOnce = 2
    /// The channel that is flooded, and another one.
    private static let (flooded, other) = ("C0OPS", "C0SECURITY")
    private static let others = (1...6).map { "U0OTHER\($0)" }

    @Test func nobodyWaitsForAListedAnUnlistedAndAnOutsideOne() async throws {
        // With the limits that a service has that says nothing of them.
        let world = try await World { text in
            let people = Self.others.map { "  - {name: \($0), accounts: [\"slack:T0001/\($0)\"]}\n" }.joined()
            return text.replacing(/limits: .*\n/, with: "").replacing("groups:\n", with: "\(people)groups:\n")
                .replacing("[amy, bob, carol]", with: "[amy, \(Self.others.joined(separator: ", "))]")
        }
        let bot = try await world.startBot()
        let transport = try CurlTransport(maximumConnectionsPerHost: 32, maximumConnections: 32)
        let sender = Sender(world: world, url: bot.url)
        let floods = [
            Flood(by: "U0AMY") { $0 % 2 == 0 ? "42 scale \($0)" : "42 status" },
            Flood(by: "U0DAVE") { "42 scale \($0) because \(String(repeating: "so ", count: 200))" },
            Flood(by: "U0EVE", isSigned: false) { "42 scale \($0)" },
        ]
        let flooding = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for flood in floods {
                    for _ in 0..<Self.atOnce { group.addTask { try await flood.run(sender, over: transport) } }
                }
                try await group.waitForAll()
            }
        }
        for flood in floods { try await flood.answers.wait(for: "the flood") { $0.values.reduce(0, +) > 100 } }
        // By then the channels have heard of both who are answered at all.
        try await world.sees("nodes on prod-train", within: .seconds(20))
        try await world.sees("slack:T0001/U0DAVE", in: "C0HISTORY", within: .seconds(20))
        let timer = Lateness()
        for (number, person) in Self.others.enumerated() {
            let channel = number == 0 ? Self.other : Self.flooded
            let (answered, executed) = try await time(world, sender, person, in: channel)
            // A channel takes a message a second, whoever writes: in the flooded one that alone may be a second. On a busy machine
            // whatever is measured is later.
            let limit = (channel == Self.flooded ? .milliseconds(1500) : .seconds(1)) + timer.soFar * 4
            #expect(
                answered < .seconds(1) + timer.soFar * 4 && executed < limit,
                "\(channel): \(answered), \(executed)"
            )
        }
        flooding.cancel()
        _ = await flooding.result
        await transport.shutdown()
        for flood in floods { #expect(flood.answers.state.keys.sorted() == [flood.isSigned ? 200 : 401]) }
        // Nothing of the floods was done.
        #expect(await world.cloud.actions.count == Self.others.count)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Has somebody say what needs nobody.
    /// - Returns: how long it took to the answer, and to the call of the cluster API.
    private func time(
        _ world: World,
        _ sender: Sender,
        _ person: String,
        in channel: String
    ) async throws -> (answered: Duration, executed: Duration) {
        let before = await world.cloud.actions.count
        let start = ContinuousClock.now
        let body = HostileRequestsTests.form([
            "text": "43 scale 1", "user_id": person, "channel_id": channel, "trigger_id": "2.\(person)",
        ])
        #expect(try await sender.post(body).status == 200)
        let answered = ContinuousClock.now - start
        try await world.cloud.waitUntil("the call", within: .seconds(20)) { $0.actions.count > before }
        let executed = ContinuousClock.now - start
        try await world.cloud.waitUntil("its answer", within: .seconds(20)) { $0.actions.last?.status != nil }
        return (answered, executed)
    }
}
