import CurlHTTP
import Foundation
import Sandbox
import TestSupport

/// One run of a scenario: the service is started, works, dies, and is started again until everything has come to rest. People
/// answer what they are asked, and the platform delivers again what was not answered. Ends in evidence for the judge.
actor CrashRun {
    let scenario: CrashScenario
    let world: World
    let shim: String
    var bot: RunningProcess?
    var lives = 0
    var deaths: [SandboxJSON] = []
    var view: StoreView?

    /// How many of the scenario's asks were typed.
    var asked = 0
    /// Buttons that were clicked and verdicts that were given.
    var acted: Set<String> = []
    /// What came of delivering again, by the delivery's number.
    var redelivered: [Int: [SandboxJSON]] = [:]
    var inFlight = 0
    private var isLastRound = false
    /// How long the end took that was asked for with SIGTERM.
    var secondsToEnd = 0.0
    var backup: SandboxJSON?
    /// What the store of the first process is on, if that may fail.
    private(set) var disk: FaultyDisk?
    /// How many calls of the disk had failed when there was nothing left to do.
    private(set) var callsFailedAtRest = 0

    private static let restWithin = Duration.patience
    private static let tick = Duration.milliseconds(40)

    init(_ scenario: CrashScenario, shim: String) async throws {
        self.scenario = scenario
        self.shim = shim
        var settings = CloudSettings()
        settings.restartTakes = .zero
        world = try await World(settings: settings) { text in
            let faster = text.replacing(
                "{after: 3s, every: 1s, give_up: 1h}",
                with: "{after: 1s, every: 200ms, give_up: 1h}"
            )
            guard scenario.flood > 0 else { return faster }
            // A flood of refusals would keep a history channel busy for minutes. Whoever sends it is listed, because the
            // refusals of strangers are put together.
            let dave = "people:\n  - {name: dave, accounts: [\"slack:T0001/U0DAVE\"]}\n"
            return faster.replacing("    history_channel: C0HISTORY\n", with: "").replacing("people:\n", with: dave)
        }
    }

    /// Everything that the judge needs to know.
    func evidence() async throws -> SandboxJSON {
        if scenario.isOldStore { try OldStore.write(to: world.folder.file("clusterbot.db")) }
        for fault in scenario.cloudFaults { await world.cloud.add(fault) }
        for fault in scenario.slackFaults { await world.slack.add(fault) }
        var environment: [String: String] = [:]
        if case .at(let steps) = scenario.death {
            environment["CLUSTERBOT_CRASH_AT"] = steps
            if steps.contains("call.") { environment["LD_PRELOAD"] = shim }
        }
        if case .disk = scenario.death {
            let disk = try await FaultyDisk(watching: world.folder.path, writesDown: true)
            environment = disk.environment
            self.disk = disk
        }
        try await start(environment)
        if case .disk(let fault, let number, let calls) = scenario.death {
            try disk?.arm(fault, at: number, calls: calls)
        }
        try await flood()
        let deadline = ContinuousClock.now + Self.restWithin
        var exit: Int32?
        while true {
            if let exit = bot?.process.seen.state.exit {
                try await died(exit)
                try await start(
                    deaths.count == 1 ? scenario.secondDeath.map { ["CLUSTERBOT_CRASH_AT": $0] } ?? [:] : [:]
                )
            }
            try await act()
            if deaths.isEmpty, try await isTimeToKill() {
                try await kill()
            } else if try await isAtRest() {
                if isLastRound {
                    callsFailedAtRest = try disk?.counts().failed ?? 0
                    exit = try await bot?.stop()
                    // The place to die may lie in the stopping.
                    if !(await isKilledAsPlanned()), exit == 0 || disk == nil { break }
                } else {
                    try await backUp()
                    // A platform may deliver again what was answered long ago.
                    isLastRound = true
                    for delivery in await world.slack.state.deliveries { redeliver(delivery) }
                }
            }
            guard ContinuousClock.now < deadline else { throw CrashProblem("no rest: \(await situation())") }
            try await Task.sleep(for: Self.tick)
        }
        view = nil
        let evidence = try await report(exit ?? -1)
        try await world.end()
        return evidence
    }

    // MARK: The process

    private func start(_ environment: [String: String]) async throws {
        lives += 1
        let bot = try await RunningProcess(
            configuration: world.configuration,
            environment: World.secrets.merging(environment) { _, new in new }
        )
        self.bot = bot
        guard let url = bot.url else { return }
        await world.slack.connect(commands: url + "/slack/commands", interactions: url + "/slack/interactions")
        view = try StoreView(world.folder.file("clusterbot.db"))
    }

    private func isKilledAsPlanned() async -> Bool {
        guard bot?.process.seen.state.exit == SIGKILL else { return false }
        try? await bot?.process.outputEnds()
        return bot?.process.seen.state.errors.contains { $0.hasPrefix("reached ") } == true
    }

    private func kill() async throws {
        guard case .terminated = scenario.death else {
            try await bot?.process.killNow()
            return
        }
        let began = ContinuousClock.now
        bot?.process.send(SIGTERM)
        _ = try await bot?.process.exitCode()
        secondsToEnd = (.now - began) / .seconds(1)
        await world.slack.clearFaults()
    }

    private func isTimeToKill() async throws -> Bool {
        switch scenario.death {
        case .at, .disk: return false
        case .terminated(let situation):
            guard let view, await world.slack.state.deliveries.first?.status == 200 else { return false }
            return try await situation.isThere(view, world)
        case .answeredButUnposted:
            let state = await world.slack.state
            return state.deliveries.contains { $0.status == 200 }
                && state.calls.contains { $0.method == "chat.postMessage" && $0.status == 500 }
        case .requestReceived:
            return await world.cloud.actions.contains { $0.status == nil && $0.fault == nil }
        }
    }

    private func isAtRest() async throws -> Bool {
        guard inFlight == 0, asked == scenario.asks.count, bot?.process.seen.state.exit == nil, let view else {
            return false
        }
        let deliveries = await world.slack.state.deliveries
        guard deliveries.allSatisfy({ isDone($0) }), await world.cloud.isIdle else { return false }
        let changes = try view.changes()
        let waitingPosts = try view.waitingPosts()
        return !changes.isEmpty && changes.allSatisfy(\.isEnded) && waitingPosts == 0
    }
}

struct CrashProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension SimulatedCloud {
    /// Whether nothing is under way: every request is answered, and what was to be applied late is.
    var isIdle: Bool {
        actions.allSatisfy { ($0.status != nil || $0.fault != nil) && ($0.fault != "apply_late" || $0.applied) }
    }

    func hasApplied(_ action: String, on cluster: Int) -> Bool {
        actions.contains { $0.action == action && $0.applied && $0.path.contains("/cluster/\(cluster)/") }
    }
}
