import CurlHTTP
import Foundation
import NIOConcurrencyHelpers
import Sandbox
import TestSupport
import Testing

/// SIGHUP re-reads the configuration of the running service.
@Suite(.timeLimit(.minutes(20)))
struct ReloadUnderLoadTests {
    /// People who go on giving commands until they are told to stop, each waiting for the answer to the one before.
    private final class Crowd: Sendable {
        let taken = NIOLockedValueBox(0)
        let refused = NIOLockedValueBox<[Int]>([])
        private let isOver = NIOLockedValueBox(false)

        func end() { isOver.withLockedValue { $0 = true } }

        func run(_ sender: Sender, _ world: World) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for user in ["U0BOB", "U0CAROL"] {
                    group.addTask { [self] in
                        var number = 0
                        while !isOver.withLockedValue(\.self) {
                            number += 1
                            let text = "43 restart workers"
                            let form = HostileRequestsTests.form([
                                "user_id": user, "text": text, "trigger_id": "\(user).\(number)",
                            ])
                            let status = try await sender.post(form).status
                            guard status == 200 else {
                                refused.withLockedValue { $0.append(status) }
                                continue
                            }
                            let count = taken.withLockedValue { count in
                                count += 1
                                return count
                            }
                            // The next one comes when the cluster was asked for nearly all before.
                            try await world.cloud.waitUntil("the commands before") { $0.actions.count >= count - 4 }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aRuleAPersonATokenAndABrokenFileWhileCommandsComeIn() async throws {
        let world = try await World { text in
            text.replacing("token: {env: E2E_VISION_TOKEN}", with: "token: {file: vision-token}")
        }
        try world.replace("vision-token", by: "a-token-that-has-ended\n")
        let bot = try await world.startBot()
        let crowd = Crowd()
        async let load: Void = crowd.run(Sender(world: world, url: bot.url), world)

        // A token is rotated in its file.
        try await world.amy("/cluster 42 scale 1")
        try await world.sees("did not accept the credentials of project vision")
        try world.replace("vision-token", by: CloudSettings.demoCredentials[0].token + "\n")
        let rotated = try await world.reload(bot)
        #expect(rotated.contains(#""level":"notice""#))
        #expect(!rotated.contains(#""seq""#), "only a secret changed, which is no entry")
        try await world.amy("/cluster 42 restart cluster")
        try await world.click("Approve", as: "U0BOB")
        try await world.cloud.waitUntil("the change with the new token") { cloud in
            cloud.actions.contains { $0.path.contains("/42/") && $0.applied }
        }

        // A broken file changes nothing.
        try world.edit { $0.replacing("who: [leads]}", with: "who: [nonsense-that-is-not-told]}") }
        let broken = try await world.reload(bot)
        #expect(broken.contains(#""level":"error""#))
        #expect(bot.process.seen.state.errors.contains { $0.contains("nonsense-that-is-not-told") })
        try await world.sees("Nothing changed.", in: "C0HISTORY")
        let told = await world.slack.messages(in: "C0HISTORY").map(\.readable)
        #expect(!told.contains { $0.contains("nonsense-that-is-not-told") })
        try world.edit { $0.replacing("who: [nonsense-that-is-not-told]}", with: "who: [leads]}") }

        // A rule is changed while a change waits by it.
        try await world.amy("/cluster 42 restart workers")
        try await world.slack.waitUntil("the card of the change that waits", within: .patience) { state in
            state.messages(in: "C0OPS").contains {
                $0.readable.contains("Restart the") && $0.readable.contains(": approve?")
            }
        }
        try world.edit {
            $0.replacing("approvals: [{from: leads, count: 1}]", with: "approvals: [{from: leads, count: 2}]")
        }
        let changed = try await world.reload(bot)
        #expect(changed.contains(#""seq""#))
        try await world.sees("It needs approval by 2 leads since the rules changed.")
        try await world.sees("I read the configuration anew", in: "C0HISTORY")

        // A person is removed.
        try world.edit { text in
            text.replacing("  - {name: amy, accounts: [\"slack:T0001/U0AMY\"]}\n", with: "")
                .replacing("engineers: {people: [amy, bob, carol]}", with: "engineers: {people: [bob, carol]}")
        }
        try await world.reload(bot)
        try await world.sees("The rules have changed.")

        crowd.end()
        try await load
        #expect(crowd.refused.withLockedValue(\.self).isEmpty)
        let commands = crowd.taken.withLockedValue(\.self)
        #expect(commands > 0)

        // Nothing is lost, nothing doubled, everything told.
        try await world.cloud.waitUntil("all that was taken") { $0.actions.count >= commands + 1 }
        let changes = try #require(try json(try await world.run("changes", "list", "--all", "--json").output).array)
        #expect(changes.count == commands + 3)
        #expect(changes.filter { $0["cluster"]?["id"]?.int == 43 }.count == commands)
        let amys = changes.filter { $0["cluster"]?["id"]?.int == 42 }.compactMap { $0["state"]?.string }
        #expect(amys == ["failed", "succeeded", "refused"])
        let actions = await world.cloud.actions
        #expect(actions.count == commands + 1)
        for change in changes {
            let number = change["id"]?.int ?? 0
            try await world.sees("#\(number) ", within: .seconds(120))
        }
        let history = try await world.run("history", "export").output.split(separator: "\n")
        #expect(history.filter { $0.contains(#""kind":"reloaded""#) }.count == 2)
        #expect(try await world.run("history", "verify").exit == 0)
        #expect(try await bot.stop() == 0)
        // A restart of a cluster that restarts already is refused by the API, which is an answer.
        let ended = try #require(try json(try await world.run("changes", "list", "--all", "--json").output).array)
        let states = Set(ended.compactMap { $0["state"]?.string })
        #expect(states.isSubset(of: ["succeeded", "failed", "refused"]), "\(states)")
        try await world.end()
    }

    @Test func theSecretsOfSlackAreTakenFromTheirFiles() async throws {
        let world = try await World { text in
            text.replacing("bot_token: {env: SLACK_BOT_TOKEN}", with: "bot_token: {file: bot-token}")
                .replacing("[{env: SLACK_SIGNING_SECRET}]", with: "[{file: signing-secret}]")
        }
        try world.replace("bot-token", by: "xoxb-1-2-ended")
        try world.replace("signing-secret", by: String(repeating: "0", count: 32))
        let bot = try await world.startBot()
        let sender = Sender(world: world, url: bot.url)
        let form = HostileRequestsTests.form(["text": "43 scale 1"])
        #expect(try await sender.post(form).status == 401)
        try world.replace("bot-token", by: SlackWorkspace.demo.botToken)
        try world.replace("signing-secret", by: SlackWorkspace.demo.signingSecret)
        try await world.reload(bot)
        #expect(try await sender.post(form).status == 200)
        try await world.sees("– done")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// What only a restart changes is named, and so is each secret of the environment.
    @Test func whatIsNotReadAnewIsNamed() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try world.edit { text in
            text.replacing(#"listen: "127.0.0.1:0""#, with: #"listen: "127.0.0.1:1", private_listen: "127.0.0.1:2""#)
                .replacing("store: sqlite:clusterbot.db", with: "store: sqlite:other.db")
                .replacing("history_channel: C0HISTORY", with: "history_channel: C0OPS")
                .replacing("total: 30s", with: "total: 60s")
        }
        try await world.reload(bot)
        let log = bot.process.seen.state.errors
        for part in [
            "`server.listen` changes only by a restart", "`server.private_listen` changes only by a restart",
            "`store` changes only by a restart", "`chat.slack.history_channel` changes only by a restart",
            "a shutdown waits as the `cluster_api.timeouts.total` of the start says",
        ] {
            #expect(log.contains { $0.contains(#""level":"warning""#) && $0.contains(part) }, "\(part)")
        }
        for name in World.secrets.keys {
            #expect(log.contains { $0.contains("not read anew") && $0.contains(name) }, "\(name)")
        }
        for secret in World.secrets.values { #expect(!log.contains { $0.contains(secret) }, "a secret is in the log") }
        // It is told where it always was.
        try await world.sees("I read the configuration anew", in: "C0HISTORY")
        let sender = Sender(world: world, url: bot.url)
        #expect(try await sender.get("/readyz").status == 200)
        #expect(!FileManager.default.fileExists(atPath: world.folder.file("other.db")))
        #expect(try await bot.stop() == 0)
        try await world.end()
    }
}
