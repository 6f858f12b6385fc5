import Glibc
import Sandbox
import TestSupport

/// The service, which dies at a place in each of its first lives and is started again at once.
actor MortalService {
    private let world: World
    private let betweenLives: @Sendable () throws -> Void
    private var bot: RunningProcess
    private var keeper: Task<Void, any Error>?
    private(set) var deaths = 0

    /// - Parameters:
    ///   - lives: the steps for `CLUSTERBOT_CRASH_AT` of the first life, the second, and so on; the one after lives on.
    ///   - betweenLives: is done after each death, while nothing runs.
    init(
        _ world: World,
        dying lives: String...,
        betweenLives: @escaping @Sendable () throws -> Void = {}
    ) async throws {
        self.world = world
        self.betweenLives = betweenLives
        bot = try await Self.start(world, lives.first)
        keeper = Task { try await self.keep(lives.dropFirst()) }
    }

    private static func start(_ world: World, _ steps: String?) async throws -> RunningProcess {
        let environment = steps.map { ["CLUSTERBOT_CRASH_AT": $0] } ?? [:]
        let bot = try await RunningProcess(
            configuration: world.configuration,
            environment: World.secrets.merging(environment) { _, new in new }
        )
        if let url = bot.url {
            await world.slack.connect(commands: url + "/slack/commands", interactions: url + "/slack/interactions")
        }
        return bot
    }

    private func keep(_ lives: ArraySlice<String>) async throws {
        var lives = lives
        while try await bot.process.exitCode(within: .seconds(600)) == SIGKILL {
            deaths += 1
            try betweenLives()
            bot = try await Self.start(world, lives.popFirst())
        }
    }

    func stop() async throws -> Int32 { try await bot.stop() }
}
