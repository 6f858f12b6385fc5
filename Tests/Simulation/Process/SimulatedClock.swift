import BotCore

/// Time as a simulated process is given it.
struct SimulatedClock: BotClock {
    let life: Life

    var now: Timestamp { life.world.wallClock }

    var uptime: Duration { .microseconds(life.world.scheduler.uptime) }

    func sleep(_ duration: Duration) async throws {
        do {
            try await life.wait(duration.inMicroseconds)
        } catch {
            // Who outlives the process sleeps no more.
            throw CancellationError()
        }
    }
}
