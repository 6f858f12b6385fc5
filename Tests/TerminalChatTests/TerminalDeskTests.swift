import BotCore
import ChatConformance
import ChatKit
import Testing

@testable import TerminalChat

/// What a terminal that waits is told, and who else is not.
@Suite(.timeLimit(.minutes(2)))
struct TerminalDeskTests {
    private let bob = Account(platform: "os", workspace: "bot1", user: "1001")
    private let eve = Account(platform: "os", workspace: "bot1", user: "1002")
    private let channel = Channel(platform: "chat", workspace: "w", id: "ops")
    private let clock = SetClock(ChatConformance.now)

    private func desk(
        _ intake: RecordingIntake,
        _ play: (TerminalDesk, TerminalPoster) async throws -> Void
    ) async throws {
        let sessions = TerminalSessions(clock: clock)
        let desk = TerminalDesk(channel: channel, sessions: sessions, clock: clock)
        let running = Task { try await desk.run(into: intake) }
        defer { running.cancel() }
        while await desk.answer(.null, from: bob).status == 503 { await Task.yield() }
        try await play(desk, TerminalPoster(sessions: sessions))
    }

    private func say(_ desk: TerminalDesk, by account: Account, waits: Bool = true) async -> SocketAnswer {
        await desk.answer(
            .object(["do": .string("say"), "text": .string("list"), "key": .string("1"), "waits": .bool(waits)]),
            from: account
        )
    }

    private func follow(_ desk: TerminalDesk, _ handle: String, by account: Account) async -> JSONValue {
        await desk.answer(
            .object(["do": .string("follow"), "handle": .string(handle), "change": .int(17), "after": .string("1")]),
            from: account
        ).body
    }

    private func progress(_ version: String) -> ChangeProgress {
        ChangeProgress(
            change: 17,
            state: .pending,
            message: Message("#17 waits"),
            version: version,
            confirmation: nil,
            needsApprovals: true,
            isCardPosted: false,
            replacedBy: nil
        )
    }

    @Test func whatFollowsIsToldToTheTerminalThatWaitsAndToNobodyElse() async throws {
        try await desk(RecordingIntake()) { desk, poster in
            let handle = try #require(await say(desk, by: bob).body["handle"]?.string)
            let address = PostAddress(channel: channel, replyHandle: handle)
            await #expect(throws: ChatProblem.self) { try await poster.tell(eve, Message("no"), at: address) }
            try await poster.tell(bob, Message("42 is Running"), at: address)
            #expect(await follow(desk, handle, by: eve)["told"]?.array == [])
            #expect(await follow(desk, handle, by: bob)["told"]?.array == [.string("42 is Running")])
            #expect(await follow(desk, handle, by: bob)["told"]?.array == [])
        }
    }

    @Test func nobodyIsToldWhoDoesNotWait() async throws {
        try await desk(RecordingIntake()) { desk, poster in
            #expect(await say(desk, by: bob, waits: false).body["handle"]?.isNull == true)
            let handle = try #require(await say(desk, by: bob).body["handle"]?.string)
            clock.advance(.seconds(61))
            for handle in [nil, "guessed", handle] {
                await #expect(throws: ChatProblem.permanent("Nobody waits at the terminal for it.")) {
                    try await poster.tell(bob, Message("a"), at: PostAddress(channel: channel, replyHandle: handle))
                }
            }
        }
    }

    @Test func aLookWaitsForSomethingNew() async throws {
        let intake = RecordingIntake()
        try await desk(intake) { desk, _ in
            let handle = try #require(await say(desk, by: bob).body["handle"]?.string)
            intake.set(progress("2"))
            let before = clock.uptime
            #expect(await follow(desk, handle, by: bob)["progress"]?["version"]?.string == "2")
            #expect(clock.uptime == before)
            intake.set(progress("1"))
            #expect(await follow(desk, handle, by: bob)["progress"]?["version"]?.string == "1")
            #expect(clock.uptime - before >= TerminalDesk.longestLook)
            intake.set(nil)
            #expect(await follow(desk, handle, by: bob)["progress"]?.isNull == true)
        }
    }

    /// Each look that waits has a connection, and others need some; one account's looks are not all of them.
    @Test(arguments: [TerminalDesk.mostLooksOfOne, TerminalDesk.mostLooks])
    func whenManyWaitALookIsAnsweredAtOnce(many: Int) async throws {
        let (intake, waiting) = (RecordingIntake(), Gate())
        let sessions = TerminalSessions(clock: clock)
        let desk = TerminalDesk(channel: channel, sessions: sessions, clock: waiting)
        let running = Task { try await desk.run(into: intake) }
        while await desk.answer(.null, from: bob).status == 503 { await Task.yield() }
        intake.set(progress("1"))
        await withTaskGroup(of: JSONValue.self) { group in
            for number in 0..<many {
                let user = "\(1001 + number / TerminalDesk.mostLooksOfOne)"
                group.addTask {
                    await follow(desk, "handle", by: Account(platform: "os", workspace: "bot1", user: user))
                }
            }
            while waiting.sleepers < many { await Task.yield() }
            // It does not wait: the gate is closed.
            let next = many == TerminalDesk.mostLooks ? Account(platform: "os", workspace: "bot1", user: "2000") : bob
            #expect(await follow(desk, "handle", by: next)["progress"]?["version"]?.string == "1")
            running.cancel()
            waiting.open()
        }
    }

    @Test func oneAccountTakesNoRoomOfOthers() async throws {
        try await desk(RecordingIntake()) { desk, _ in
            for _ in 0..<TerminalSessions.mostOfOne { #expect(await say(desk, by: eve).status == 200) }
            #expect(await say(desk, by: eve).status == 503)
            #expect(await say(desk, by: bob).status == 200)
            clock.advance(.seconds(61))
            #expect(await say(desk, by: eve).status == 200)
        }
    }

    @Test func whatMayBeStoredIsNotTakenForNotStored() async throws {
        for (error, status) in [(StoreError(.outcomeUnknown, "?"), 500), (StoreError(.cannotWrite, "full"), 503)] {
            let intake = RecordingIntake()
            intake.fail(error)
            try await desk(intake) { desk, _ in #expect(await say(desk, by: bob).status == status) }
        }
    }

    @Test(arguments: HostileTexts.all)
    func whatPeopleWroteIsOneLineThatActsOnNothing(text: String) {
        let page = TerminalPage(Message(summary: "\(text)", blocks: [.quote(text), .facts([.init(text, "\(text)")])]))
        #expect(page.text.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
        #expect(page.text.split(separator: "\n").allSatisfy { String($0).isPlainlyVisible })
        #expect(TerminalPage.line(Message("\(text)")).isPlainlyVisible)
    }

    @Test func theEndOfALongTextIsKept() {
        let long = RichText([.plain(String(repeating: "x", count: 30_000) + " 812:0123456789abcdef")])
        let text = TerminalPage(Message(summary: long, blocks: [.text(long)])).text
        #expect(text.hasSuffix("812:0123456789abcdef"))
        #expect(text.utf16.count <= TerminalPage.longestText)
    }

    @Test(arguments: [65534, UInt32.max])
    func aNumberThatStandsForNobodyIsNoAccount(uid: UInt32) {
        #expect(TerminalModule.account(uid: uid, host: "bot1") == nil)
        #expect(TerminalModule.account(uid: 1001, host: "bot1") == bob)
    }
}
