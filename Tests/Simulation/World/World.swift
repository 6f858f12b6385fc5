// swift-format-ignore-file: NeverUseImplicitlyUnwrappedOptionals, NeverForceUnwrap

// Parts that know each other are set as soon as they are made.
import BotCore
import BotEngine
import Logging
import TestSupport

/// One simulation: a process of clusterbot and everything around it, all of it from one seed.
final class World: @unchecked Sendable {
    let seed: UInt64
    let scheduler: Scheduler
    var random: SeededNumbers
    var tally = Tally()
    let disk: Disk
    let verdicts = Verdicts()
    private(set) var cloud: Cloud!
    private(set) var rooms: Rooms!
    private(set) var crowd: Crowd!
    private(set) var checker: Checker!
    let profile: FaultProfile
    let readsBack: Bool
    let hasHistoryChannel: Bool
    private(set) var rules = Rules()
    /// The process that owns the store.
    private(set) var life: Life?
    /// The processes before it. Some still run although another has taken the store over.
    private var earlier: [Life] = []
    /// Whether faults strike. At the end they do not, so that what shall happen can be waited for.
    private(set) var isWild = true
    /// By how much the machine's clock is wrong.
    private(set) var clockError = 0
    private(set) var hasClockStepped = false
    private(set) var lives = 0
    /// When the process goes on that was stopped last.
    private(set) var goesOnAt = 0
    private let traces: ((String) -> Void)?

    /// The moment of the beginning, on a right clock.
    static let origin = 1_800_000_000.seconds

    init(seed: UInt64, trace: ((String) -> Void)? = nil) {
        self.seed = seed
        traces = trace
        scheduler = Scheduler(seed: seed)
        random = SeededNumbers(seed: seed, stream: 2)
        disk = Disk(seed: seed)
        profile = FaultProfile(&random)
        readsBack = random.happens(0.94)
        hasHistoryChannel = random.happens(0.75)
        cloud = Cloud(self)
        rooms = Rooms(self)
        crowd = Crowd(self)
        checker = Checker(self)
        disk.onCommit = { [unowned self] in checker.committed($0) }
    }

    /// Lets go of everything that holds on to everything else.
    func dismantle() {
        for life in earlier + [life].compactMap(\.self) { life.dismantle() }
        (life, earlier) = (nil, [])
        disk.onCommit = nil
        (cloud, rooms, crowd, checker) = (nil, nil, nil, nil)
    }

    // MARK: Time

    /// What platforms say: their clocks are right.
    var trueTime: Timestamp { Timestamp(milliseconds: (Self.origin + scheduler.uptime) / 1000) }
    /// What the machine says.
    var wallClock: Timestamp { Timestamp(milliseconds: (Self.origin + scheduler.uptime + clockError) / 1000) }

    // MARK: Chance

    /// Whether a fault strikes this time.
    func happens(_ fault: Fault) -> Bool {
        guard isWild, random.happens(profile.probability(fault)) else { return false }
        tally.count(fault)
        scheduler.note(UInt64(fault.rawValue))
        return true
    }

    /// A place at which the process may die or stop.
    func cross(_ crossing: Crossing, by life: Life) {
        guard isWild, life.isAlive else { return }
        if random.happens(profile.probability(.usurped) * crossing.weight) {
            tally.count(.usurped)
            trace("a second process is started")
            startLife()
        }
        if random.happens(min(0.3, profile.probability(.crash) * crossing.weight)) {
            tally.count(.crash)
            tally.crashed(at: crossing)
            trace("crash at \(crossing)")
            ended(life, because: nil)
        } else if random.happens(min(0.3, profile.probability(.freeze) * crossing.weight)) {
            tally.count(.freeze)
            tally.froze(at: crossing)
            let span = random.weighted([
                (2, random.between(1, 900).milliseconds), (3, random.between(1, 12).seconds),
                (3, random.between(12, 90).seconds), (1, random.between(90, 400).seconds),
            ])
            trace("stopped at \(crossing) for \(span / 1.seconds) s")
            goesOnAt = scheduler.uptime + span
            scheduler.freeze(for: span)
        }
    }

    // MARK: The process

    func startLife() {
        lives += 1
        trace("process \(lives) starts")
        let life = Life(number: lives, in: self)
        // If it still runs, it hears when it writes next that the store is another's.
        if let last = self.life { earlier.append(last) }
        self.life = life
        life.start()
    }

    /// A process is over; another is started after a while.
    func ended(_ life: Life, because error: (any Error)?) {
        guard life.isAlive else { return }
        trace("process \(life.number) ends \(error.map { "because of \($0)" } ?? "")")
        checker.ended(life)
        life.end()
        guard !isClosing, life === self.life else { return }
        scheduler.after(isWild ? random.between(0, 40_000).milliseconds : 1.seconds, of: .world) { [unowned self] in
            if life === self.life, !isClosing { startLife() }
        }
    }

    /// Whether no further process shall be started.
    var isClosing = false

    // MARK: The surroundings

    func replaceRules() {
        rules = rules.replaced(&random)
        tally.count(.rulesReplaced)
        trace("rules \(rules.version)")
        if let life, life.isAlive { life.replaceRules(rules) }
    }

    func stepClock() {
        guard isWild else { return }
        // An hour wrong at most: more is refused by the platforms' own check of the time.
        if random.happens(profile.probability(.clockForward)) {
            clockError = min(1.hours, clockError + random.between(1, 3600).seconds)
            tally.count(.clockForward)
        } else if random.happens(profile.probability(.clockBack)) {
            clockError = max(-1.hours, clockError - random.between(1, 3600).seconds)
            tally.count(.clockBack)
        } else {
            return
        }
        hasClockStepped = true
        trace("the clock is wrong by \(clockError / 1.seconds) s")
    }

    /// From now on nothing goes wrong any more, and people are silent.
    func calmDown() {
        trace("calm")
        isWild = false
        clockError = 0
        cloud.calmDown()
        rooms.calmDown()
        for life in earlier { ended(life, because: nil) }
    }

    /// Puts an earlier state in the place of the store while nothing runs, and starts the process on it.
    /// - Parameter isSnapshot: whether its marker comes back with it, as with a snapshot of the whole machine.
    func restore(_ backup: MemoryState, isSnapshot: Bool) {
        trace(
            "\(isSnapshot ? "a snapshot" : "a backup") comes back: \(backup.head.seq) of \(disk.state.head.seq) entries"
        )
        tally.count(isSnapshot ? "snapshots put back" : "backups restored")
        disk.onCommit = nil
        checker.wasPutBack(to: backup, isSnapshot: isSnapshot)
        disk.restore(backup, noticedAt: isSnapshot ? nil : wallClock, isSuspect: random.happens(0.5))
        isClosing = false
        startLife()
        crowd.begin(acts: 12)
    }

    /// Ends everything at once.
    func abandon() {
        isClosing = true
        isWild = false
        crowd.stop()
        for life in earlier + [life].compactMap(\.self) { ended(life, because: nil) }
    }

    func trace(_ line: @autoclosure () -> String) {
        guard let traces else { return }
        traces("\(scheduler.uptime / 1.milliseconds) \(line())")
    }

    var isTracing: Bool { traces != nil }

    var logHandler: any LogHandler { isTracing ? TracingLogHandler(world: self) : SwiftLogNoOpLogHandler() }
}

/// Puts what the engine logs among what happens.
private struct TracingLogHandler: LogHandler {
    let world: World
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(world: World) { self.world = world }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        world.trace("log: \(event.message) \(event.metadata.map { "\($0)" } ?? "")")
    }
}
