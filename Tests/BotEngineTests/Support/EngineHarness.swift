import BotCore
import BotStore
import Foundation
import Logging
import NIOConcurrencyHelpers
import ServiceLifecycle
import TestSupport
import Testing

@testable import BotEngine

/// The real engine on the real store, between a simulated cluster API and a recording chat, with time in the test's hand.
final class EngineHarness: Sendable {
    /// One process: what ends with a crash.
    private struct Life: Sendable {
        let store: WatchedStore
        let context: EngineContext
        let engine: Engine
        let group: ServiceGroup
        var running: Task<Void, any Error>?
    }

    let clock = ManualClock()
    let clusters: SimulatedClusters
    let chat: RecordingChat
    let directory: KeptDirectory
    /// Counts commits, calls and messages, so that tests wait for what comes of them.
    let happenings = EventWaiter(0)
    /// The store itself, as a reader from outside sees it. Another object after each crash.
    var file: SQLiteStore { opened.withLockedValue(\.self) }

    private let opened: NIOLockedValueBox<SQLiteStore>
    private let folder: TemporaryFolder
    /// Whether the store forgot what was done.
    private let isPutBack = NIOLockedValueBox(false)
    private let life: NIOLockedValueBox<Life>

    private init(_ rules: TestRules, historyChannel: Channel?, readsBack: Bool, earlier: String?) throws {
        clusters = SimulatedClusters(readsBack: readsBack, clock: clock, happenings: happenings)
        chat = RecordingChat(historyChannel: historyChannel, clock: clock, happenings: happenings)
        directory = KeptDirectory(clock: clock, happenings: happenings)
        folder = try TemporaryFolder()
        if let earlier { try StoreFixture(earlier).write(to: folder.file("engine.db")) }
        let file = try SQLiteStore(path: folder.file("engine.db"))
        opened = NIOLockedValueBox(file)
        life = NIOLockedValueBox(Self.birth(rules.rulebook, file, clusters, chat, directory, clock, happenings))
    }

    private static func birth(
        _ rulebook: Rulebook,
        _ file: SQLiteStore,
        _ clusters: SimulatedClusters,
        _ chat: RecordingChat,
        _ directory: KeptDirectory,
        _ clock: ManualClock,
        _ happenings: EventWaiter<Int>
    ) -> Life {
        let logger = Logger(label: "engine", factory: { _ in SwiftLogNoOpLogHandler() })
        let store = WatchedStore(file, happenings: happenings)
        let context = EngineContext(
            store: store,
            clusters: clusters,
            platforms: ["slack": chat],
            directories: ["slack": directory],
            headReaders: ["slack": chat],
            clock: clock,
            rulebook: rulebook,
            logger: logger
        )
        let engine = Engine(context: context, version: "1.2.3")
        let group = ServiceGroup(configuration: .init(services: [engine], logger: logger))
        return Life(store: store, context: context, engine: engine, group: group)
    }

    /// Runs a scenario, ends the engine as SIGTERM does, and checks what must hold after every scenario.
    /// - Parameters:
    ///   - isRunning: whether the engine's workers run. Without: only what comes in is taken.
    ///   - earlier: the name of a store that an earlier version left; what that one did is not checked.
    static func run(
        _ rules: TestRules = TestRules(),
        historyChannel: Channel? = nil,
        readsBack: Bool = true,
        isRunning: Bool = true,
        earlier: String? = nil,
        _ scenario: (EngineHarness) async throws -> Void
    ) async throws {
        await slots.enter()
        defer { slots.leave() }
        let harness = try EngineHarness(rules, historyChannel: historyChannel, readsBack: readsBack, earlier: earlier)
        if isRunning { harness.start() }
        do {
            try await scenario(harness)
            try await harness.stop()
            if earlier == nil, !harness.isPutBack.withLockedValue(\.self) {
                try await harness.checkWhatMustAlwaysHold()
            }
        } catch {
            try? await harness.stop()
            await harness.file.close()
            throw error
        }
        await harness.file.close()
    }

    /// Few at a time: an engine that gets no processor for seconds looks like one that hangs.
    private static let slots = Slots(4)

    // MARK: Life and death

    var store: WatchedStore { life.withLockedValue(\.store) }
    var context: EngineContext { life.withLockedValue(\.context) }
    var engine: Engine { life.withLockedValue(\.engine) }

    func start() {
        life.withLockedValue { life in
            let group = life.group
            life.running = Task { try await group.run() }
        }
    }

    /// As SIGTERM does; does not wait for the end.
    func beginShutdown() async { await life.withLockedValue(\.group).triggerGracefulShutdown() }

    /// Waits for the end of an engine whose shutdown has begun.
    func waitForEnd() async throws {
        clock.end()
        try await life.withLockedValue(\.running)?.value
        clock.begin()
    }

    /// Ends the engine in an orderly way, with whatever was held let go.
    func stop() async throws {
        guard life.withLockedValue({ $0.running != nil }) else { return }
        await beginShutdown()
        clusters.openAllGates()
        chat.openAllGates()
        directory.openAllGates()
        try await waitForEnd()
        life.withLockedValue { $0.running = nil }
    }

    /// As `kill -9` does: nothing that the engine does from now on reaches the store, and the next process opens it anew.
    /// - Parameter meanwhile: what happens to the files before that; gets their folder.
    func crash(_ meanwhile: (String) throws -> Void = { _ in }) async throws {
        store.cutOff()
        try await stop()
        clusters.set { state in
            state.readGates = [:]
            state.sendGates = [:]
        }
        await file.close()
        try meanwhile(folder.path)
        let next = try SQLiteStore(path: folder.file("engine.db"))
        opened.withLockedValue { $0 = next }
    }

    /// The store's files as they were at a moment.
    struct Snapshot {
        fileprivate let folder: TemporaryFolder
    }

    /// Ends the process and keeps a copy of the store and of its marker, as a snapshot of the machine does.
    func snapshot() async throws -> Snapshot {
        let snapshot = Snapshot(folder: try TemporaryFolder())
        try await crash { path in try Self.copy(from: path, to: snapshot.folder.path) }
        return snapshot
    }

    /// Ends the process and puts the store and its marker back as they were.
    /// - Parameter isCopy: whether they are other files than before; else they are the same ones, as on a disk that is put
    ///   back.
    func putBack(_ snapshot: Snapshot, isCopy: Bool = false) async throws {
        isPutBack.withLockedValue { $0 = true }
        try await crash { path in
            if isCopy { for name in Self.files { try FileManager.default.removeItem(atPath: path + "/" + name) } }
            try Self.copy(from: snapshot.folder.path, to: path)
        }
    }

    private static let files = ["engine.db", "engine.db.marker"]

    private static func copy(from: String, to: String) throws {
        for name in files {
            let content = try Data(contentsOf: URL(fileURLWithPath: from + "/" + name))
            try content.write(to: URL(fileURLWithPath: to + "/" + name), options: [])
        }
    }

    /// The next process on the same store.
    func restart(_ rules: TestRules = TestRules()) { restart(rules.rulebook) }

    func restart(_ rulebook: Rulebook, isRunning: Bool = true) {
        let next = Self.birth(rulebook, file, clusters, chat, directory, clock, happenings)
        life.withLockedValue { $0 = next }
        if isRunning { start() }
    }

    // MARK: Waiting

    /// Returns as soon as something is so, looking again whenever anything happened. Where nothing happens for long, a
    /// second passes: what the engine waits for may only be that.
    /// - Parameter seconds: so many may pass.
    func until(_ what: String, passing seconds: Int = 20, _ isSo: () async throws -> Bool) async throws {
        var passed = 0
        while true {
            let before = happenings.state
            if try await isSo() { return }
            do {
                try await happenings.wait(for: what, within: Self.silence) { $0 > before }
            } catch is EventWaiter<Int>.TimedOut {
                // On a busy machine it may only be late: the clock stands still for as long as something is under way.
                await othersHadTheirTurn()
                guard happenings.state == before else { continue }
                guard passed < seconds else {
                    throw NeverHappened(what: what, changes: try await summary(), texts: chat.posts.map(\.text))
                }
                passed += 1
                clock.advance(by: .seconds(1))
            }
        }
    }

    private static let silence = Duration.milliseconds(500)

    /// Returns when everything is done that waited for the store's writer, and what it led to could go on.
    private func othersHadTheirTurn() async {
        for _ in 0..<3 {
            try? await file.write { _ in }
            for _ in 0..<100 { await Task.yield() }
        }
    }

    struct NeverHappened: Error, CustomStringConvertible {
        let what: String
        let changes: [String]
        let texts: [String]

        var description: String {
            "never happened: \(what)\n\(changes.joined(separator: "\n"))\n\(texts.joined(separator: "\n--\n"))"
        }
    }

    private func summary() async throws -> [String] {
        try await changes().map { "#\($0.id) \($0.state.rawValue) \($0.howKnown?.rawValue ?? "") \($0.outcome ?? "")" }
    }
}
