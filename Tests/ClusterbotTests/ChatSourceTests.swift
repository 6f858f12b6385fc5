import BotCore
import BotEngine
import ChatKit
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import clusterbot

/// What comes in without a webhook.
@Suite(.timeLimit(.minutes(2)))
struct ChatSourceTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A socket that brings one command and then waits for more.
    private struct Socket: ChatSource {
        let command: InboundCommand
        let heard: EventWaiter<[ChatAnswer]>
        var endsByItself = false

        func run(into intake: any ChatIntake) async throws {
            if let answer = try await intake.take(command) { heard.update { $0.append(answer) } }
            if !endsByItself { try await Task.sleep(for: .seconds(3600)) }
        }
    }

    private var intake: EngineIntake {
        let clock = StandingClock()
        let context = EngineContext(
            store: MemoryStore(),
            clusters: NoClusters(),
            platforms: [:],
            clock: clock,
            rulebook: Rulebook(
                clusters: [Cluster(id: 42, name: "prod-train", project: "vision", labels: [:])],
                ipTypes: ["reserved"],
                policy: Policy(people: [:], groups: [:], rules: [], digest: "policy-1"),
                reconcile: ReconcileSettings(),
                commandWords: "/cluster"
            ),
            logger: logger
        )
        return EngineIntake(intake: Engine(context: context, version: "test").intake, clock: clock)
    }

    private static let account = Account(platform: "chat", workspace: "w", user: "amy")
    private static let channel = Channel(platform: "chat", workspace: "w", id: "ops")

    private static func command(_ text: String) -> InboundCommand {
        InboundCommand(
            deliveryKey: "chat:1",
            account: account,
            displayName: "amy",
            channel: channel,
            isDirect: false,
            text: text,
            typedAt: StandingClock().now,
            replyHandle: nil
        )
    }

    @Test(arguments: [false, true])
    func commandsAreAnsweredAndTheShutdownEndsTheSource(endsByItself: Bool) async throws {
        let heard = EventWaiter<[ChatAnswer]>([])
        let socket = Socket(command: Self.command("help"), heard: heard, endsByItself: endsByItself)
        let service = ChatSourceService(platform: "chat", source: socket, intake: intake, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [.init(service: service)], logger: logger))
        async let end: Void = group.run()
        try await heard.wait(for: "the answer", within: .seconds(60)) { $0.count == 1 }
        await group.triggerGracefulShutdown()
        try await end
        #expect(heard.state.first?.isPrivate == true)
        #expect(heard.state.first?.message.summary.plain.isEmpty == false)
    }

    @Test func aCommandOfSomebodyWhoIsNotListedIsAnswered() async throws {
        let answer = try await intake.take(Self.command("42 scale 4"))
        #expect(answer?.message.summary.plain.contains("not set up") == true, "\(answer?.message.summary.plain ?? "")")
    }

    @Test func aClickOfSomebodyWhoIsNotListedIsTaken() async throws {
        let click = InboundClick(
            deliveryKey: "chat:2",
            account: Self.account,
            displayName: "amy",
            channel: Self.channel,
            button: "approve",
            value: "17.abc",
            clickedAt: StandingClock().now,
            replyHandle: nil
        )
        try await intake.take(click)
    }
}
