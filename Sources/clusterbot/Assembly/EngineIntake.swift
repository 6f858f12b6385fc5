import BotCore
import BotEngine
import ChatKit

/// The engine's intake for sources, which wait for the answer to a delivery.
struct EngineIntake: ChatIntake {
    let intake: Intake
    let clock: any BotClock

    /// The time within which a delivery must be stored. If it is not, it is withdrawn, as for webhooks: the person
    /// waits for the answer.
    private static let within = Duration.milliseconds(2500)

    func take(_ command: InboundCommand) async throws -> ChatAnswer? {
        let reply = try await intake.handle(command, deadline: clock.uptime + Self.within)
        return reply.message.map { ChatAnswer(message: $0, isPrivate: reply.isPrivate, result: reply.result) }
    }

    func take(_ click: InboundClick) async throws {
        try await intake.handle(click, deadline: clock.uptime + Self.within)
    }

    func progress(of change: Int, for account: Account, in channel: Channel) async throws -> ChangeProgress? {
        try await intake.progress(of: change, for: account, in: channel)
    }
}
