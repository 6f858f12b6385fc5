import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import BotEngine

@Suite("A worker", .timeLimit(.minutes(20)))
struct WorkerLoopTests {
    /// A piece is still found as to be done, and is done in the moment in which it is found.
    @Test func doesNotDoAgainWhatWasDoneWhileItLooked() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let (work, secondLook) = (Gate(), Gate())
            let done = EventWaiter(0)
            let looks = EventWaiter(0)
            let bell = Bell()
            let loop = WorkerLoop(
                name: "test",
                bell: bell,
                context: bot.context,
                width: 4,
                find: {
                    let isDone = done.state > 0
                    if looks.update({
                        $0 += 1; return $0
                    }) == 2 {
                        await secondLook.pass()
                    }
                    if isDone { return [] }
                    return [
                        .init(key: "piece") {
                            await work.pass()
                            done.update { $0 += 1 }
                            return true
                        }
                    ]
                },
                pause: { .seconds(5) }
            )
            let running = Task { await loop.run() }
            try await work.reached()
            bell.ring()
            try await secondLook.reached()
            work.open()
            try await done.wait(for: "the piece") { $0 == 1 }
            secondLook.open()
            try await looks.wait(for: "a look that finds nothing") { $0 == 3 }
            bell.close()
            bot.clock.end()
            await running.value
            bot.clock.begin()
            #expect(done.state == 1)
        }
    }
}
