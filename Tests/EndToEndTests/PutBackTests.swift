import Foundation
import Sandbox
import TestSupport
import Testing

/// A store that is put back behind the service's back, together with its marker: the history channel remembers.
@Suite(.timeLimit(.minutes(20)))
struct PutBackTests {
    private static let history = "C0HISTORY"

    /// A restart of prod-train that somebody agreed to, kept in a copy before it leaves.
    /// - Returns: the copy, after the restart was sent and told by the service that went on.
    private func restarted(_ world: World) async throws -> StoreCopy {
        let mortal = try await world.startBot(environment: ["CLUSTERBOT_CRASH_AT": "turnCame:1"])
        try await world.amy("/cluster 42 restart workers")
        try await world.click("approve", as: "U0BOB")
        #expect(try await mortal.process.exitCode() == SIGKILL)
        let copy = try StoreCopy(of: world)
        let bot = try await world.startBot()
        try await world.sees("*#1* done", in: Self.history)
        #expect(await world.cloud.actions.count == 1)
        #expect(try await bot.stop() == 0)
        return copy
    }

    private func isHeld(_ bot: RunningBot) async throws {
        try await bot.process.seen.wait(for: "nothing is sent", within: .patience) { seen in
            seen.errors.contains { $0.contains("nothing is sent") && $0.contains("the history channel knows more") }
        }
    }

    /// Waits until the service does what a held one does not.
    private func isNotHeld(_ world: World, nodes: Int) async throws {
        let before = await world.cloud.actions.count
        try await world.amy("/cluster 43 scale \(nodes)")
        try await world.cloud.waitUntil("a change is sent", within: .patience) { $0.actions.count == before + 1 }
    }

    @Test func whatWasSentIsNotSentAgain() async throws {
        let world = try await World(World.withAnOperator)
        let copy = try await restarted(world)
        try copy.putBack(to: world)
        var bot = try await world.startBot()
        try await isHeld(bot)
        try await world.sees("⏸ Nothing is sent: the history channel knows more than the store", in: Self.history)
        try await world.sees("– refused")
        try await world.amy("/cluster approve 1")
        try await world.amy("/cluster 43 scale 4")
        try await world.isTold("compares it with the clusters", "U0AMY")
        let doctor = try await world.run("doctor")
        #expect(doctor.exit == 1 && doctor.output.contains("the history channel knows more than the store"))
        // A hold outlives the process that found it.
        #expect(try await bot.stop() == 0)
        bot = try await world.startBot()
        try await isHeld(bot)
        #expect(await world.cloud.actions.count == 1)

        let released = try await world.run("release", "--reason", "compared with the channel")
        #expect(released.exit == 0, "\(released.errors)")
        try await world.sees("lets changes be sent again, and accepts what was recorded up to", in: Self.history)
        try await isNotHeld(world, nodes: 5)
        #expect(try await bot.stop() == 0)
        bot = try await world.startBot()
        try await isNotHeld(world, nodes: 6)
        #expect(await world.cloud.actions.count == 3)
        #expect(try await world.run("history", "verify").exit == 0)
        // The same copy once more: the released store has told more since.
        #expect(try await bot.stop() == 0)
        try copy.putBack(to: world)
        bot = try await world.startBot()
        try await isHeld(bot)
        #expect(await world.cloud.actions.count == 3)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// The control: where nothing is read back, the same goes wrong.
    @Test func withoutReadingBackItIsSentTwice() async throws {
        let world = try await World()
        let copy = try await restarted(world)
        await world.slack.setScope("channels:history", isGranted: false)
        try copy.putBack(to: world)
        let bot = try await world.startBot()
        try await world.cloud.waitUntil("it is sent again", within: .patience) { $0.actions.count == 2 }
        #expect(
            bot.process.seen.state.errors.contains {
                $0.contains("no history channel is read back") && $0.contains("channels:history")
            }
        )
        let doctor = try await world.run("doctor")
        #expect(doctor.output.contains("so that is not guarded"), "\(doctor.output)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Between the request and what is told of it: the copy is made at a death, and comes back once more was told.
    @Test(arguments: [
        "sendingTakenUp:1", "intentCommitted:1", "lastMomentBeforeSending:1", "replyJudged:1", "outcomeCommitted:1",
        "milestonePosted:1",
    ])
    func aCopyOfAnyMomentSendsNothingAgain(place: String) async throws {
        let world = try await World()
        let mortal = try await world.startBot(environment: ["CLUSTERBOT_CRASH_AT": place])
        try await world.amy("/cluster 43 restart workers")
        #expect(try await mortal.process.exitCode() == SIGKILL)
        let copy = try StoreCopy(of: world)
        var bot = try await world.startBot()
        try await world.sees("*#1*", in: Self.history)
        try await world.amy("/cluster 42 scale 2")
        try await world.click("confirm", as: "U0AMY")
        try await world.sees("*#2* done", in: Self.history)
        #expect(try await bot.stop() == 0)
        let sent = await world.cloud.actions.count
        try copy.putBack(to: world)
        bot = try await world.startBot()
        try await isHeld(bot)
        #expect(await world.cloud.actions.count == sent)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// The only post since the copy is one about a request that left before the service died: a later start tells of it.
    @Test(arguments: ["intentCommitted:1", "replyJudged:1", "outcomeCommitted:1"])
    func whatALaterStartTellsOfItCounts(place: String) async throws {
        let world = try await World()
        var mortal = try await world.startBot(environment: ["CLUSTERBOT_CRASH_AT": "turnCame:1"])
        try await world.amy("/cluster 43 restart workers")
        #expect(try await mortal.process.exitCode() == SIGKILL)
        let copy = try StoreCopy(of: world)
        mortal = try await world.startBot(environment: ["CLUSTERBOT_CRASH_AT": place])
        #expect(try await mortal.process.exitCode() == SIGKILL)
        let sent = await world.cloud.actions.count
        var bot = try await world.startBot()
        try await world.sees("*#1*", in: Self.history)
        #expect(try await bot.stop() == 0)
        try copy.putBack(to: world)
        bot = try await world.startBot()
        try await isHeld(bot)
        #expect(await world.cloud.actions.count == sent)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// A copy of the folder is used on another machine while the first goes on.
    @Test func aCopyIsHeldOnceTheFirstHasTold() async throws {
        let world = try await World(World.withAnOperator)
        let first = try await world.startBot()
        try await world.amy("/cluster 42 restart workers")
        try await world.sees(": approve?")
        let copy = try StoreCopy.live(of: world, first)
        try await world.click("approve", as: "U0BOB")
        try await world.sees("*#1* done", in: Self.history)
        let second = try await copy.start()
        try await isHeld(second)
        #expect(try await second.stop() == 0)
        try await isNotHeld(world, nodes: 4)
        #expect(await world.cloud.actions.count == 2)
        #expect(try await first.stop() == 0)
        try await world.end()
    }

    /// The other way round: the copy tells first, and the one that stood still is put back by that.
    @Test func theFirstIsHeldOnceTheCopyHasTold() async throws {
        let world = try await World()
        var first = try await world.startBot()
        try await world.amy("/cluster 42 restart workers")
        try await world.sees(": approve?")
        let copy = try StoreCopy.live(of: world, first)
        #expect(try await first.stop() == 0)
        let second = try await copy.start()
        await world.slack.connect(
            commands: second.url + "/slack/commands",
            interactions: second.url + "/slack/interactions"
        )
        try await world.click("approve", as: "U0BOB")
        try await world.sees("*#1* done", in: Self.history)
        #expect(try await second.stop() == 0)
        first = try await world.startBot()
        try await isHeld(first)
        #expect(await world.cloud.actions.count == 1)
        #expect(try await first.stop() == 0)
        try await world.end()
    }

    /// The marker finds it first; one release accepts both what the marker and what the channel remember.
    @Test func aRestoredBackupIsReleasedOnce() async throws {
        let world = try await World(World.withAnOperator)
        var bot = try await world.startBot()
        try await world.amy("/cluster 43 scale 4")
        try await world.sees("*#1* done", in: Self.history)
        let backup = world.folder.file("backup.db")
        #expect(try await world.run("backup", backup).exit == 0)
        try await world.amy("/cluster 43 scale 2")
        try await world.sees("*#2* done", in: Self.history)
        #expect(try await bot.stop() == 0)
        #expect(try await world.run("restore", backup).exit == 0)
        bot = try await world.startBot()
        try await world.sees("⏸ Nothing is sent: the", in: Self.history)
        try await world.slack.waitUntil("it was read back", within: .patience) { state in
            state.calls.last { $0.method == "conversations.history" }?.status == 200
        }
        let released = try await world.run("release", "--reason", "compared")
        #expect(released.exit == 0, "\(released.errors)")
        #expect(try await bot.stop() == 0)
        bot = try await world.startBot()
        try await isNotHeld(world, nodes: 6)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Nobody who can write in the channel can hold the service up, nor another service that posts there, too.
    @Test func imitatorsHoldNobody() async throws {
        let world = try await World()
        var bot = try await world.startBot()
        try await world.amy("/cluster 43 scale 4")
        try await world.sees("*#1* done", in: Self.history)
        let own = try #require(await world.slack.messages(in: Self.history).last)
        let payload = try #require(own.metadata?["event_payload"])
        let forged: SandboxJSON = [
            "event_type": "clusterbot_head",
            "event_payload": [
                "store": payload["store"] ?? "", "seq": 999, "hash": .string(String(repeating: "f", count: 64)),
            ],
        ]
        var other = forged
        other["event_payload"]?["store"] = .string(String(repeating: "0", count: 32))
        let slack = world.slack
        await slack.plant(forged.text, by: SlackAuthor(user: "U0DAVE"), in: Self.history)
        for bot in [
            SlackAuthor.Bot(botID: "B0OTHER", appID: "A0001", teamID: "T0001"),
            SlackAuthor.Bot(botID: "B0BOT", appID: "A0002", teamID: "T0001"),
            SlackAuthor.Bot(botID: "B0BOT", appID: "A0001", teamID: "T0EXT"),
        ] {
            await slack.plant(
                "clusterbot",
                by: SlackAuthor(user: "U0BOT", bot: bot),
                in: Self.history,
                metadata: forged
            )
        }
        await slack.plant("another store", by: SlackAuthor(user: "U0BOT"), in: Self.history, metadata: other)
        try await world.amy("/cluster 43 scale 6")
        try await world.sees("*#2* done", in: Self.history)
        let last = try #require(await world.slack.messages(in: Self.history).last)
        await slack.edit(last.ts, in: Self.history, metadata: forged)
        #expect(try await bot.stop() == 0)
        bot = try await world.startBot()
        try await isNotHeld(world, nodes: 3)
        let doctor = try await world.run("doctor")
        #expect(doctor.output.contains("another clusterbot with a store of its own posts in"), "\(doctor.output)")
        // The same post as the bot itself does hold it.
        await slack.plant("clusterbot", by: SlackAuthor(user: "U0BOT"), in: Self.history, metadata: forged)
        #expect(try await bot.stop() == 0)
        bot = try await world.startBot()
        try await isHeld(bot)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Emptied, and with Slack away for the first tries: nothing happened, so nothing is held.
    @Test func anEmptiedChannelAndASlowStartHoldNobody() async throws {
        let world = try await World()
        var bot = try await world.startBot()
        try await world.amy("/cluster 43 scale 4")
        try await world.sees("*#1* done", in: Self.history)
        #expect(try await bot.stop() == 0)
        await world.slack.empty(Self.history)
        var away = SlackFault(.errorBefore, status: 503)
        (away.method, away.times) = ("conversations.history", 2)
        await world.slack.add(away)
        bot = try await world.startBot()
        try await isNotHeld(world, nodes: 3)
        #expect(await world.slack.state.faults.isEmpty)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Others have written a lot since.
    @Test func tenThousandForeignPostsCostSeconds() async throws {
        let world = try await World()
        var bot = try await world.startBot()
        try await world.amy("/cluster 43 scale 4")
        try await world.sees("*#1* done", in: Self.history)
        #expect(try await bot.stop() == 0)
        await world.slack.plant(10_000, by: SlackAuthor(user: "U0DAVE"), in: Self.history)
        let begin = ContinuousClock.now
        bot = try await world.startBot()
        try await isNotHeld(world, nodes: 3)
        let took = ContinuousClock.now - begin
        #expect(took < .seconds(30), "it took \(took)")
        print("a start with 10,000 foreign posts: \(took)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }
}
