// swift-format-ignore-file: NeverUseImplicitlyUnwrappedOptionals, NeverForceUnwrap

// Parts that know each other are set as soon as they are made.
import BotCore
import BotEngine
import CTaskHooks
import Logging
import ServiceLifecycle

/// One process of clusterbot: the real engine between simulated ports, from its start to its end.
///
/// Its end is what the world sees of a killed process: from one moment on nothing that it does reaches the store, the
/// cluster API or the chat any more, and whatever it waits for never comes. Its tasks are then unwound by errors and
/// cancellation, which nobody outside can see.
final class Life: @unchecked Sendable {
    /// What a port throws to whoever still runs after the end.
    struct IsOver: Error {}

    private struct Wait {
        let timer: SimulatedTimer
        let continuation: UnsafeContinuation<Void, any Error>
    }

    let number: Int
    let world: World
    let startedAt: Int
    private(set) var isAlive = true
    private var waits: [Int: Wait] = [:]
    private var lastWait = 0
    private(set) var store: SimulatedStore!
    private(set) var engine: Engine!
    private var context: EngineContext!
    private var group: ServiceGroup!
    private var root: Task<Void, Never>?
    /// Where a message is on its way.
    var channelsInUse: Set<Channel> = []
    /// When it was told to end in an orderly way.
    private(set) var shutdownBegan: Int?

    init(number: Int, in world: World) {
        self.number = number
        self.world = world
        startedAt = world.scheduler.uptime
        let logger = Logger(label: "simulation", factory: { _ in world.logHandler })
        store = SimulatedStore(of: self)
        context = EngineContext(
            store: store,
            clusters: SimulatedAPI(life: self),
            platforms: ["slack": SimulatedPlatform(life: self)],
            headReaders: ["slack": SimulatedPlatform(life: self)],
            clock: SimulatedClock(life: self),
            rulebook: world.rules.rulebook,
            logger: logger
        )
        engine = Engine(context: context, version: "1.2.3") { [unowned self] in world.checker.began(self) }
        group = ServiceGroup(
            configuration: .init(
                services: [StoreWatch(store: store), engine],
                logger: Logger(label: "quiet") { _ in
                    SwiftLogNoOpLogHandler()
                }
            )
        )
    }

    func start() {
        root = Task.detached { [group, world] in
            do {
                try await group!.run()
                world.ended(self, because: nil)
            } catch {
                world.ended(self, because: error)
            }
        }
    }

    /// As SIGHUP does.
    func replaceRules(_ rules: Rules) {
        let before = context.rulebook
        context.replace(rulebook: rules.rulebook)
        // It ends with an error when this process does.
        Task.detached { [reload = Reload(context: context)] in try? await reload.applyToOpenChanges(before) }
    }

    /// As SIGTERM does.
    func shutDown() {
        guard shutdownBegan == nil else { return }
        shutdownBegan = world.scheduler.uptime
        Task.detached { [group] in await group!.triggerGracefulShutdown() }
    }

    /// As SIGKILL does, and as the end of a process that ends by itself.
    func end() {
        guard isAlive else { return }
        isAlive = false
        world.scheduler.thaw()
        store.end()
        for id in waits.keys.sorted() { wake(id, throwing: IsOver()) }
        root?.cancel()
    }

    /// Lets go of what keeps the life and its parts alive for each other.
    func dismantle() {
        store = nil
        engine = nil
        context = nil
        group = nil
        root = nil
    }

    // MARK: For the ports

    func cross(_ crossing: Crossing) { world.cross(crossing, by: self) }

    /// Throws after the end. Traps if something got away from the scheduler to another thread.
    func check() throws {
        precondition(
            task_hooks_is_capturing(),
            "a job escaped from the simulation: does something use Task.yield or Task.sleep?"
        )
        guard isAlive else { throw IsOver() }
    }

    /// Waits in simulated time.
    /// - Throws: ``IsOver`` when the process ends meanwhile; `CancellationError` if it may be cancelled and is.
    func wait(_ span: Int, isCancellable: Bool = true) async throws {
        try check()
        lastWait += 1
        let id = lastWait
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<Void, any Error>) in
                if isCancellable, Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
                let timer = world.scheduler.after(span, of: .process) { self.wake(id, throwing: nil) }
                waits[id] = Wait(timer: timer, continuation: continuation)
            }
        } onCancel: {
            if isCancellable { wake(id, throwing: CancellationError()) }
        }
        try check()
    }

    private func wake(_ id: Int, throwing error: (any Error)?) {
        guard let wait = waits.removeValue(forKey: id) else { return }
        wait.timer.callOff()
        if let error { wait.continuation.resume(throwing: error) } else { wait.continuation.resume() }
    }
}

/// Ends the process when its store cannot be trusted any more, as the service does.
private struct StoreWatch: Service {
    let store: SimulatedStore

    func run() async throws {
        let failure = await cancelWhenGracefulShutdown { await firstFailure() }
        if let failure { throw failure }
    }

    private func firstFailure() async -> StoreError? {
        for await failure in store.failures { return failure }
        return nil
    }
}
