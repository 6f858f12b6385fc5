import BotCore
import Foundation
import Sandbox
import TestSupport
import Testing

/// What is said at a terminal of the service's machine.
@Suite(.timeLimit(.minutes(20)))
struct SayTests {
    /// A world in which the tests' user is a person, and what they say at the terminal belongs to #ops.
    private func world(
        _ person: String = "amy",
        approvals: Bool = false,
        _ edit: (String) -> String = { $0 }
    ) async throws -> World {
        try await World { text in
            let socket = "socket: {host: bot1, channel: \"slack:T0001/C0OPS\", approvals: \(approvals)}"
            let account = "\"slack:T0001/U0\(person.uppercased())\""
            return edit(
                text.replacing(#"listen: "127.0.0.1:0""#, with: #"listen: "127.0.0.1:0", \#(socket)"#)
                    .replacing("[\(account)]", with: "[\(account), \"os:bot1/\(getuid())\"]")
            )
        }
    }

    /// Somebody who waits at the terminal.
    private func say(_ text: String, in world: World) throws -> ChildProcess {
        try ChildProcess(Tools.clusterbot, ["say", "--config", world.configuration, text])
    }

    /// Says a command and types a line when it is asked for.
    private func say(_ text: String, typing line: String, in world: World) async throws -> (
        exit: Int32, output: String, errors: String
    ) {
        let script = #"printf '%s\n' "$1" | "$2" say --config "$3" "$4""#
        return try await ChildProcess.run(
            "/bin/sh",
            ["-c", script, "sh", line, Tools.clusterbot, world.configuration, text]
        )
    }

    private func isTold(_ child: ChildProcess, _ text: String) async throws {
        try await child.seen.wait(for: "“\(text)” at the terminal", within: .patience) { seen in
            seen.exit != nil || seen.errors.contains { $0.contains(text) }
        }
        #expect(child.seen.state.errors.contains { $0.contains(text) }, "\(child.seen.state)")
    }

    @Test func questionsAreAnswered() async throws {
        let world = try await world()
        let bot = try await world.startBot()
        let list = try await world.run("say", "list")
        #expect(list.exit == 0 && list.output.contains("prod-train"), "\(list)")
        // Its answer needs a read, and follows.
        let status = try await world.run("say", "42", "status")
        #expect(status.exit == 0 && status.output.contains("Running"), "\(status)")
        let wrong = try await world.run("say", "42 scael 4")
        #expect(wrong.exit == 1 && wrong.output.contains("scale"), "\(wrong)")
        let none = try await world.run("say", "show 17")
        #expect(none.exit == 1 && none.output.contains("There is no change #17 for you."), "\(none)")
        let object = try json(try await world.run("say", "--json", "whoami").output)
        #expect(object["answer"]?.string?.hasPrefix("You are amy") == true)
        #expect(object["change"]?.int == nil && object["state"]?.string == nil)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Who waits at the socket is answered by the door of the start, whatever was read anew meanwhile.
    @Test func aReloadKeepsTheTerminal() async throws {
        let world = try await world()
        let bot = try await world.startBot()
        try world.edit { $0.replacing("platform-help", with: "other-help") }
        try await world.reload(bot)
        // Its answer needs a read, and follows.
        let status = try await world.run("say", "42", "status")
        #expect(status.exit == 0 && status.output.contains("Running"), "\(status)")
        #expect(try await world.run("say", "43 scale 1").exit == 0)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func aChangeThatNeedsNobodyIsWaitedFor() async throws {
        let world = try await world()
        let bot = try await world.startBot()
        let done = try await world.run("say", "43 scale 1")
        #expect(done.exit == 0, "\(done)")
        #expect(done.output.hasPrefix("#1 +1 node on dev-train – I am on it."), "\(done.output)")
        #expect(done.output.contains("– done"), "\(done.output)")
        // Its card stands where the terminal's changes belong.
        try await world.sees("– done")
        let taken = try await world.run("say", "--no-wait", "--json", "43 scale 2")
        let object = try json(taken.output)
        #expect(taken.exit == 0 && object["change"]?.int == 2, "\(taken)")
        #expect(object["state"]?.string.flatMap(ChangeState.init) != nil, "\(taken)")
        try await world.sees("#2")
        let shown = try json(try await world.run("changes", "show", "1", "--json").output)
        #expect(shown["requester"]?["person"]?.string == "amy")
        #expect(shown["requester"]?["account"]?.string == "os:bot1/\(getuid())")
        #expect(shown["channel"]?.string == "slack:T0001/C0OPS")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test(arguments: [["--json"], ["--json", "--no-wait"]])
    func aChangeThatIsRefusedAtOnceIsNamed(options: [String]) async throws {
        let world = try await world {
            $0.replacing("env: dev}}, needs: none", with: "env: dev}}, needs: none, limits: {additional_nodes: 3}")
        }
        let bot = try await world.startBot()
        let refused = try await ChildProcess.run(
            Tools.clusterbot,
            ["say", "--config", world.configuration] + options + ["43 scale 9"]
        )
        let object = try json(refused.output)
        #expect(refused.exit == 1, "\(refused)")
        #expect(object["change"]?.int == 1 && object["state"]?.string == "refused", "\(refused)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Rules with channels look at the channel to which what is said at the terminal belongs.
    @Test(arguments: [("C0OPS", 0), ("C0OTHER", 1)])
    func rulesOfAChannelLookAtTheTerminals(channel: String, exit: Int32) async throws {
        let world = try await world {
            $0.replacing("env: dev}}, needs: none", with: "env: dev}}, needs: none, in: [\"slack:T0001/\(channel)\"]")
        }
        let bot = try await world.startBot()
        let done = try await world.run("say", "43 scale 1")
        #expect(done.exit == exit, "\(done)")
        #expect(await world.cloud.actions.count == (exit == 0 ? 1 : 0))
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func aConfirmationIsAskedForAtTheTerminal() async throws {
        let world = try await world()
        let bot = try await world.startBot()
        let confirmed = try await say("42 scale 1", typing: "yes", in: world)
        #expect(confirmed.exit == 0, "\(confirmed)")
        #expect(confirmed.errors.contains("Confirm #1?"), "\(confirmed.errors)")
        #expect(await world.cloud.actions.count == 1)
        let withdrawn = try await say("42 scale 2", typing: "no", in: world)
        #expect(withdrawn.exit == 1 && withdrawn.output.contains("– withdrawn"), "\(withdrawn)")
        #expect(await world.cloud.actions.count == 1)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Where nobody answers, it waits until somebody confirms it elsewhere.
    @Test func aConfirmationMayBeGivenInChat() async throws {
        let world = try await world()
        let bot = try await world.startBot()
        let child = try say("42 scale 1", in: world)
        try await isTold(child, "Nobody answers here.")
        try await world.click("Confirm", as: "U0AMY")
        #expect(try await child.exitCode() == 0)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func anApprovalGivenInChatEndsTheWaiting() async throws {
        let world = try await world()
        let bot = try await world.startBot()
        let child = try say("42 restart cluster", in: world)
        try await isTold(child, "#1 waits for approvals, which are given in slack:T0001/C0OPS.")
        #expect(await world.cloud.actions.isEmpty)
        try await world.click("Approve", as: "U0BOB")
        #expect(try await child.exitCode() == 0)
        #expect(await world.cloud.actions.count == 1)
        let denied = try say("42 restart cluster", in: world)
        try await isTold(denied, "#2 waits for approvals, which are given in")
        try await world.click("Deny", as: "U0BOB")
        #expect(try await denied.exitCode() == 1)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func whoIsNotListedIsRefused() async throws {
        let world = try await world("nobody")
        let bot = try await world.startBot()
        let refused = try await world.run("say", "43 scale 1")
        #expect(refused.exit == 1 && refused.output.contains("You are not set up yet."), "\(refused)")
        #expect(await world.cloud.actions.isEmpty)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func controlCEndsTheWaitingAndNotTheChange() async throws {
        let world = try await world()
        let bot = try await world.startBot()
        let child = try say("42 restart cluster", in: world)
        try await isTold(child, "#1 waits for approvals, which are given in")
        child.send(SIGINT)
        #expect(try await child.exitCode() == 130)
        try await isTold(child, "#1 goes on.")
        try await world.click("Approve", as: "U0BOB")
        try await world.sees("– done")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func anUnknownOutcomeIsNeitherDoneNorFailed() async throws {
        let world = try await world()
        let bot = try await world.startBot()
        await world.cloud.add(CloudFault(.dropAfter, method: "PUT"))
        let lost = try await world.run("say", "43 restart workers")
        #expect(lost.exit == 2 && lost.output.contains("unknown"), "\(lost)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func whereNoServiceRunsNothingIsStored() async throws {
        let world = try await world()
        let never = try await world.run("say", "43 scale 1")
        #expect(never.exit == 3 && never.errors.contains("so nothing was stored"), "\(never)")
        let bot = try await world.startBot()
        #expect(try await bot.stop() == 0)
        let down = try await world.run("say", "43 scale 1")
        #expect(down.exit == 3 && down.errors.contains("No service answers at"), "\(down)")
        #expect(try await world.run("changes", "list", "--json").output == "[]")
        try await world.end()
    }

    @Test func withoutAChannelNothingIsSaid() async throws {
        let world = try await World()
        let refused = try await world.run("say", "list")
        #expect(refused.exit == 1 && refused.errors.contains("Set `server.socket.channel`"), "\(refused)")
        try await world.end()
    }

    /// A terminal that waits over a restart goes on waiting.
    @Test func aRestartOfTheServiceIsWaitedFor() async throws {
        let world = try await world()
        let bot = try await world.startBot()
        let child = try say("42 restart cluster", in: world)
        try await isTold(child, "#1 waits for approvals, which are given in")
        #expect(try await bot.stop() == 0)
        try await isTold(child, "The service does not answer any more.")
        let next = try await world.startBot()
        try await world.click("Approve", as: "U0BOB")
        #expect(try await child.exitCode() == 0)
        #expect(try await next.stop() == 0)
        try await world.end()
    }

    // MARK: Chat is down

    @Test func whileChatIsDownWhatNeedsNoOtherPersonGoesOn() async throws {
        let world = try await world()
        let bot = try await world.startBot()
        await world.slack.add(SlackFault(.errorBefore, times: 1000, method: "chat.postMessage"))
        let free = try await world.run("say", "43 scale 1")
        #expect(free.exit == 0, "\(free)")
        // Nobody can have seen its card: the terminal showed the plan.
        let confirmed = try await say("42 scale 1", typing: "yes", in: world)
        #expect(confirmed.exit == 0, "\(confirmed)")
        #expect(await world.cloud.actions.count == 2)
        // The same for who says it in two commands.
        #expect(try await world.run("say", "--no-wait", "42 scale 2").exit == 0)
        try await isPending(3, in: world)
        let later = try await world.run("say", "confirm 3")
        #expect(later.exit == 0, "\(later)")
        try await world.cloud.waitUntil("the third request") { $0.actions.count == 3 }
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Waits until a change is planned and waits for people.
    private func isPending(_ id: Int, in world: World) async throws {
        while try json(try await world.run("changes", "show", "\(id)", "--json").output)["state"]?.string == "preparing"
        {}
    }

    /// What others approve must stand where everybody sees it, also where approvals by the terminal count.
    @Test func whileChatIsDownNobodyApproves() async throws {
        let world = try await world("bob", approvals: true)
        let bot = try await world.startBot()
        await world.slack.add(SlackFault(.errorBefore, times: 1000, method: "chat.postMessage"))
        try await world.amy("/cluster 42 restart cluster")
        try await isPending(1, in: world)
        let refused = try await world.run("say", "approve 1")
        #expect(refused.exit == 1 && refused.output.contains("is not posted yet"), "\(refused)")
        #expect(await world.cloud.actions.isEmpty)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func whileChatIsDownWhatNeedsApprovalsWaitsForItsCard() async throws {
        let world = try await world()
        let bot = try await world.startBot()
        await world.slack.add(SlackFault(.errorBefore, times: 3, method: "chat.postMessage"))
        let child = try say("42 restart cluster", in: world)
        try await isTold(child, "#1 waits for its card in slack:T0001/C0OPS")
        try await isTold(child, "#1 waits for approvals, which are given in")
        try await world.click("Approve", as: "U0BOB")
        #expect(try await child.exitCode() == 0)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    // MARK: Approving

    @Test(arguments: [false, true])
    func approvalsByTheTerminalCountWhereTheConfigurationSaysSo(counts: Bool) async throws {
        let world = try await world("bob", approvals: counts)
        let bot = try await world.startBot()
        try await world.amy("/cluster 42 restart cluster")
        try await world.sees(": approve?")
        let approved = try await world.run("say", "approve 1")
        #expect(approved.exit == (counts ? 0 : 1), "\(approved)")
        if counts {
            try await world.sees("– done")
        } else {
            #expect(approved.output.contains("do not count"), "\(approved)")
            #expect(await world.cloud.actions.isEmpty)
            // Everything else can be done there.
            #expect(try await world.run("say", "deny 1 not now").exit == 0)
            try await world.sees("– denied")
        }
        #expect(try await bot.stop() == 0)
        try await world.end()
    }
}
