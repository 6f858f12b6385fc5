import BotCore
import BotStore
import Testing

@testable import BotEngine

/// A look at the store is old by the time its findings are acted upon.
@Suite("A post that was found", .timeLimit(.minutes(20)))
struct StalePostTests {
    @Test func isRenderedAsItIsByNow() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            try await bot.type("43 scale 4")
            let found = try #require(try await bot.file.read { try $0.firstWaitingPosts() }.first)
            #expect(try await Announcer(context: bot.context).render(found)?.post == found)
            try await bot.file.write { writer in
                var post = found
                post.tries = 2
                try writer.save(post)
            }
            #expect(try await Announcer(context: bot.context).render(found)?.post.tries == 2)
        }
    }

    @Test(arguments: [true, false])
    func isLeftAloneIfItWasDeliveredOrMovedMeanwhile(isDelivered: Bool) async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            try await bot.type("43 scale 4")
            let found = try #require(try await bot.file.read { try $0.firstWaitingPosts() }.first)
            try await bot.file.write { writer in
                var post = found
                if isDelivered {
                    post.posted = post.wanted
                } else {
                    post.channel = Channel(platform: "slack", workspace: "T0001", id: "C0ELSEWHERE")
                }
                try writer.save(post)
            }
            let rendered = try await Announcer(context: bot.context).render(found)
            let isLeftAlone = rendered == nil
            #expect(isLeftAlone)
        }
    }
}
