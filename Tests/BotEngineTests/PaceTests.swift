import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("The pace of messages", .timeLimit(.minutes(20)))
struct PaceTests {
    @Test func isOneNewMessageASecondInAChannel() async throws {
        try await EngineHarness.run { bot in
            for group in 1...5 { try await bot.type("43 sg add \(group)", in: .ops, pause: .zero) }
            // Another channel does not wait for this one.
            try await bot.type("53 sg add 1", in: .lab, pause: .zero)
            try await bot.until("one is posted in each") { Set(bot.chat.posts.map(\.channel)) == [.ops, .lab] }
            #expect(bot.chat.posts(in: .ops).count == 1)
            for count in 2...5 {
                try await bot.goRound()
                try await bot.until("\(count) are posted") { bot.chat.posts(in: .ops).count == count }
            }
            let times = bot.chat.posts(in: .ops).map(\.at)
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= .seconds(1) }, "\(times)")
        }
    }

    /// However much else whoever asked is to hear in that channel.
    @Test func letsAnUnknownOutcomeComeFirst() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.unknownNotApplied, on: 43)
            let sending = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 scale 4", in: .ops)
            try await sending.reached()
            let posting = bot.chat.hold(.ops)
            for group in 1...5 { try await bot.type("53 sg add \(group)", in: .ops) }
            try await posting.reached()
            sending.open()
            try await bot.until(1, is: .unknown)
            posting.open()
            try await bot.until("all is told") { bot.chat.posts(in: .ops).count >= 7 }
            let texts = bot.chat.posts(in: .ops).map(\.text)
            // After its card and what may have been on its way.
            #expect(texts.prefix(3).contains { $0.contains("#1 unknown") }, "\(texts)")
        }
    }

    @Test func letsEditsThatPileUpBecomeOne() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let before = try await bot.conversation(1)
            let gate = bot.chat.hold(.ops)
            try await bot.say("approve 1", by: .bob, in: .ops)
            try await gate.reached()
            try await bot.say("approve 1", by: .cat, in: .ops)
            try await bot.until(1, is: .succeeded)
            gate.open()
            try await bot.untilShown(1)
            let after = try await bot.conversation(1)
            #expect(after.id == before.id)
            #expect(after.versions.count == before.versions.count + 2)
            #expect(after.text.contains("– done"))
        }
    }

    /// What is through at once costs one edit; what takes longer is seen to be under way.
    @Test(arguments: [false, true])
    func isNotSpentOnWhatIsOverSoon(takesLonger: Bool) async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let before = try await bot.conversation(1)
            let gate = bot.clusters.holdSendings(to: 42)
            try await bot.say("approve 1", by: .bob, in: .ops)
            try await gate.reached()
            let row = try #require(try await bot.file.read { try $0.post(change: 1, place: .conversation) })
            #expect(row.nextTry - bot.clock.now == .milliseconds(300))
            #expect(try await bot.conversation(1).versions.count == before.versions.count)
            if takesLonger { try await bot.until(1, isShown: .sending) }
            gate.open()
            try await bot.until(1, isShown: .succeeded)
            if takesLonger {
                #expect(try await bot.conversation(1).versions.count == before.versions.count + 2)
            }
        }
    }

    /// Nor is it put off by every step.
    @Test func isShownNoLaterForWhatFollowsAtOnce() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let (reading, sending) = (bot.clusters.holdReads(of: 42), bot.clusters.holdSendings(to: 42))
            try await bot.say("approve 1", by: .bob, in: .ops)
            try await reading.reached()
            let row = try #require(try await bot.file.read { try $0.post(change: 1, place: .conversation) })
            bot.clock.advance(by: .milliseconds(200))
            reading.open()
            try await sending.reached()
            let later = try #require(try await bot.file.read { try $0.post(change: 1, place: .conversation) })
            #expect(later.wanted > row.wanted)
            #expect(later.nextTry == row.nextTry)
            sending.open()
            try await bot.until(1, isShown: .succeeded)
        }
    }

    /// It holds what it was asked for, an edit or a new message, and in that channel; nothing else waits for it.
    @Test func isWhatThePlatformAsksForWhatItAskedIt() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("45 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.chat.failNext(.ops, .rateLimited(.seconds(3600)))
            try await bot.say("approve 1", by: .bob, in: .ops)
            try await bot.until("the platform said no") { try await bot.file.read { try !$0.chatWaits().isEmpty } }
            let (asked, before) = (bot.clock.now, try await bot.conversation(1).versions.count)
            // New messages are taken, and nobody waits.
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(2, is: .succeeded)
            try await bot.until("it is posted") { bot.chat.posts(in: .ops).filter(\.isCard).count == 2 }
            // A new process keeps to it.
            try await bot.crash()
            bot.restart()
            bot.clock.advance(by: .seconds(3000))
            try await bot.goRound()
            #expect(try await bot.conversation(1).versions.count == before)
            bot.clock.advance(by: asked + .seconds(3601) - bot.clock.now)
            for number in 1...2 { try await bot.until("#\(number) is shown") { try await bot.isShown(number) } }
            try await bot.until("it is forgotten") {
                try await bot.file.read { try $0.chatWaits().allSatisfy { $0.until > bot.clock.now } }
                    || bot.clock.now > asked + .seconds(3600)
            }
        }
    }

    /// New messages are not taken for an hour: whoever asks is told so, and of what comes of it.
    @Test func isToldToWhoeverWaitsForAMessageWhereItIsLong() async throws {
        try await EngineHarness.run { bot in
            bot.chat.failNext(.ops, .rateLimited(.seconds(3600)))
            for number in 1...3 {
                try await bot.say("43 sg add \(number)", in: .ops)
                try await bot.until(number, is: .succeeded)
                try await bot.until("amy is told of #\(number)") {
                    bot.chat.told.contains { $0.text.contains("#\(number)") && $0.text.contains("– done") }
                }
            }
            #expect(bot.chat.told.first?.text.contains("The chat asked me to wait") == true)
            #expect(bot.chat.posts(in: .ops).isEmpty)
        }
    }

    /// The history's posts wait in the same channel, before the others.
    @Test func hidesNobodysChangesBehindThePostsOfTheHistory() async throws {
        try await EngineHarness.run(historyChannel: .ops) { bot in
            bot.chat.failNext(.ops, .rateLimited(.seconds(3600)))
            for number in 1...4 {
                try await bot.say("43 sg add \(number)", in: .ops)
                try await bot.until(number, is: .succeeded)
                try await bot.until("amy is told of #\(number)") {
                    bot.chat.told.contains { $0.text.contains("#\(number)") && $0.text.contains("– done") }
                }
            }
        }
    }

    /// A token that was revoked for a while: when it works again nothing waits for what it would have waited.
    @Test(arguments: [false, true]) func endsWithARepair(restarts: Bool) async throws {
        try await EngineHarness.run { bot in
            bot.chat.fail(.ops, .permanent("token revoked"))
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            func row() async throws -> Post {
                try #require(try await bot.file.read { try $0.post(change: 1, place: .conversation) })
            }
            while try await row().tries < 14 {
                let before = try await row()
                bot.clock.advance(by: before.nextTry - bot.clock.now)
                try await bot.until("one more try") { try await row().tries > before.tries }
            }
            #expect(try await row().nextTry - bot.clock.now > .seconds(300))
            bot.chat.fail(.ops, nil)
            if restarts {
                try await bot.crash()
                bot.restart()
            } else {
                try await bot.say("43 sg add 1", in: .lab)
            }
            try await bot.until(1, isShown: .succeeded)
        }
    }

    /// Somebody asks for much at once. Another person's first word comes next, not last.
    @Test func isKeptInTurnBetweenPeople() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.chat.hold(.ops)
            for number in 1...10 { try await bot.type("43 sg add \(number)", in: .ops, pause: .zero) }
            try await gate.reached()
            try await bot.type("53 sg add 1", by: .bob, in: .ops, pause: .zero)
            gate.open()
            try await bot.until("bob's is posted") {
                bot.chat.posts(in: .ops).contains { $0.versions[0].identity?.change == 11 }
            }
            #expect(bot.chat.posts(in: .ops).map { $0.versions[0].identity?.change }.prefix(2) == [1, 11])
        }
    }

    @Test func doesNotStopForAMessageThatIsGone() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            let old = try await bot.conversation(1).id
            bot.chat.remove(old)
            try await bot.say("approve 1", by: .bob, in: .ops)
            try await bot.until(1, isShown: .succeeded)
            #expect(try await bot.conversation(1).id != old)
            #expect(bot.chat.posts(in: .ops).filter(\.isCard).count == 2)
        }
    }
}
