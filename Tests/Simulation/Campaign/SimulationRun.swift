import BotCore
import TestSupport

/// One run of the simulation.
package struct SimulationRun: Sendable {
    package let seed: UInt64
    /// What was not as it must be; nil if everything was.
    package let violation: String?
    /// The end of the history.
    package let historyHash: String
    /// All decisions of the run in one number.
    package let digest: UInt64
    package let tally: Tally

    /// More than any run needs; one that needs more does not come to rest.
    private static let mostSteps = 3_000_000

    /// Runs a seed on the calling thread.
    /// - Parameter trace: is told what happens, line by line.
    package init(seed: UInt64, trace: ((String) -> Void)? = nil) {
        let world = World(seed: seed, trace: trace)
        let checker: Checker = world.checker
        world.scheduler.capturing {
            if let stop = Self.play(world) { checker.fail(stop) }
            Self.unwind(world)
        }
        self.seed = seed
        violation = checker.violation
        historyHash = world.disk.state.head.hash
        digest = world.scheduler.digest
        defer { world.dismantle() }
        world.tally.steps = world.scheduler.steps
        world.tally.seconds = world.scheduler.uptime / 1.seconds - 1000
        tally = world.tally
    }

    /// Ends everything that may still be under way, so that nothing of this run outlives it.
    private static func unwind(_ world: World) {
        world.abandon()
        _ = world.scheduler.run(atMost: mostSteps, until: { false })
    }

    /// Plays a run to its end. Gives why it did not come to one.
    private static func play(_ world: World) -> String? {
        let (scheduler, checker): (Scheduler, Checker) = (world.scheduler, world.checker)
        func run(_ what: String, until isOver: @escaping () -> Bool) -> String? {
            switch scheduler.run(atMost: mostSteps, until: { checker.violation != nil || isOver() }) {
            case .condition: nil
            case .nothingLeft: "nothing is left to happen, \(what)"
            case .tooManySteps: "it does not come to rest, \(what)"
            }
        }
        func pass(_ span: Int, lateness: Int, _ what: String) -> String? {
            scheduler.lateness = lateness
            let end = scheduler.uptime + span
            scheduler.after(span, of: .world) {}
            return run(what) { scheduler.uptime >= end }
        }
        func tell() -> String? {
            scheduler.lateness = 1.seconds
            let end = scheduler.uptime + 5.minutes
            scheduler.after(5.minutes, of: .world) {}
            return run("until all is told") { checker.isAllTold || scheduler.uptime >= end }
        }
        func end() -> String? {
            world.isClosing = true
            scheduler.lateness = 1
            world.life?.shutDown()
            if let stop = run("at the end", until: { world.life?.isAlive != true }) { return stop }
            return nil
        }
        func playPutBack(_ state: MemoryState, isSnapshot: Bool) -> String? {
            world.restore(state, isSnapshot: isSnapshot)
            scheduler.lateness = 1.seconds
            if let stop = run("on a store that was put back", until: { world.crowd.isDone }) { return stop }
            if let stop = pass(10.minutes, lateness: 10.seconds, "on a store that was put back") { return stop }
            checker.checkPutBack()
            return end()
        }
        world.startLife()
        world.crowd.begin(acts: world.random.between(8, 60))
        scheduler.lateness = 2.seconds
        if let stop = run("while people act", until: { world.crowd.isDone }) { return stop }
        if let stop = pass(world.random.between(0, 5).minutes, lateness: 5.seconds, "after people have acted") {
            return stop
        }
        world.calmDown()
        // Sometimes the machine is put back in the middle of everything.
        if world.random.happens(0.2), let snapshot = world.random.pickIfAny(world.disk.backups) {
            if let life = world.life { world.ended(life, because: nil) }
            return playPutBack(snapshot, isSnapshot: true)
        }
        // The longest of what people may take (half an hour to confirm), what is agreed may wait, and reads take to settle.
        let rest = world.hasClockStepped ? 3.hours : 55.minutes
        if let stop = pass(rest, lateness: 1.minutes, "in the quiet") { return stop }
        if let stop = tell() { return stop }
        checker.checkRest()
        if let stop = pass(26.hours, lateness: 45.minutes, "until the last look") ?? tell() { return stop }
        checker.checkRest()
        checker.checkLateEffects()
        if let stop = end() { return stop }
        let backups = world.disk.backups.filter { $0.head != world.disk.state.head }
        guard let backup = world.random.pickIfAny(backups), world.random.happens(0.5) else { return nil }
        return playPutBack(backup, isSnapshot: world.hasHistoryChannel && world.random.happens(0.5))
    }
}
