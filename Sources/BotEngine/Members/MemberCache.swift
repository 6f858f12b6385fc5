import BotCore
import Logging
import NIOConcurrencyHelpers

/// Remembers for a minute who is in a platform's user groups, and looks it up again: one look-up at a time for each
/// group, and none before the platform wants one. Without an answer of the last minute nobody is in a group.
final class MemberCache: Sendable {
    /// What is known at one moment.
    struct Known: Sendable {
        let answers: [UserGroup: UserGroups.Answer]
        /// Counts what came to be known.
        let version: Int
        /// The uptime at which some of it no longer holds.
        let until: Duration
    }

    fileprivate struct Entry {
        var members: Set<Account>?
        /// The uptime at which the look-up began that gave the members.
        var askedAt = Duration.zero
        var problem: LookUpProblem?
        /// The uptime before which the platform is not asked again.
        var restsUntil = Duration.zero
        var isAsked = false
        var waiting: [@Sendable () -> Void] = []
        /// The uptime at which somebody last needed it.
        var neededAt = Duration.zero

        func holds(at uptime: Duration) -> Bool { members != nil && uptime - askedAt <= MemberCache.holdsFor }
    }

    fileprivate struct Place: Hashable {
        let platform: String
        let workspace: String

        init(_ group: UserGroup) {
            platform = group.platform
            workspace = group.workspace
        }
    }

    fileprivate struct State {
        var entries: [UserGroup: Entry] = [:]
        /// The uptime before which a platform wants no look-up in a workspace.
        var pauses: [Place: Duration] = [:]
        var version = 0

        func restsUntil(_ group: UserGroup) -> Duration {
            max(entries[group]?.restsUntil ?? .zero, pauses[Place(group)] ?? .zero)
        }
    }

    /// The greatest age of an answer that counts, from the beginning of its look-up.
    static let holdsFor = Duration.seconds(60)
    /// The age from which an answer that is needed is looked up anew, well before it no longer counts.
    static let refreshedAfter = Duration.seconds(40)
    /// The time for which answers are kept fresh after somebody needed one.
    static let keptFresh = Duration.seconds(600)
    /// The longest time for which a look-up is waited for.
    static let longest = Duration.seconds(10)
    /// The time after a failure before the platform is asked again.
    static let rest = Duration.seconds(5)

    private let directories: [String: any MemberDirectory]
    private let clock: any BotClock
    private let logger: Logger
    private let deadlines = Deadlines()
    private let state = NIOLockedValueBox(State())
    /// Rings when something came to be known.
    let news = Bell()

    init(directories: [String: any MemberDirectory], clock: any BotClock, logger: Logger) {
        self.directories = directories
        self.clock = clock
        self.logger = logger
    }

    var version: Int { state.withLockedValue(\.version) }

    /// Returns everything that is known at a moment.
    func known(at uptime: Duration) -> Known {
        state.withLockedValue { state in
            var answers: [UserGroup: UserGroups.Answer] = [:]
            var until = Duration.seconds(Int64.max / 4)
            for (group, entry) in state.entries {
                let rests = state.restsUntil(group)
                if entry.holds(at: uptime), let members = entry.members {
                    answers[group] = .members(members)
                    until = min(until, entry.askedAt + Self.holdsFor + .milliseconds(1))
                } else if uptime < rests {
                    answers[group] = .failed(entry.problem ?? .rateLimited(rests - uptime))
                    until = min(until, rests)
                }
            }
            return Known(answers: answers, version: state.version, until: until)
        }
    }

    /// Looks up those of some user groups of which nothing is known, and returns when each has an answer or a problem.
    /// - Parameter deadline: in the clock's uptime; it is not waited for longer. What is under way then goes on.
    /// - Returns: whether everything was there in time.
    @discardableResult
    func lookUp(_ groups: Set<UserGroup>, until deadline: Duration) async -> Bool {
        guard !groups.isEmpty else { return true }
        return await withCheckedContinuation { continuation in
            let first = FirstAnswer<Void>(
                { continuation.resume(returning: (try? $0.get()) != nil) },
                mayGiveUpOnceBegun: true
            )
            let left = NIOLockedValueBox(groups.count)
            let one: @Sendable () -> Void = {
                let isLast = left.withLockedValue { left in
                    left -= 1
                    return left == 0
                }
                if isLast { first.give(.success(())) }
            }
            deadlines.watch(first, until: deadline, clock: clock)
            for group in groups { need(group, then: one) }
        }
    }

    /// Asks anew about the groups that are needed and grow old.
    /// - Parameter asked: the groups that open changes ask.
    func refresh(_ asked: Set<UserGroup>) {
        let uptime = clock.uptime
        let due = state.withLockedValue { state in
            for group in asked { state.entries[group, default: Entry()].neededAt = uptime }
            // Nobody asks for it any more, or it left the configuration.
            state.entries = state.entries.filter { uptime - $0.value.neededAt < Self.keptFresh || $0.value.isAsked }
            return state.entries.filter { group, entry in
                let isOld = !entry.holds(at: uptime) || uptime - entry.askedAt >= Self.refreshedAfter
                return isOld && uptime >= state.restsUntil(group)
            }.keys.filter { state.begin($0) }
        }
        for group in due { ask(group) }
    }

    /// Has a group looked up if nothing is known of it, and says when that is done.
    private func need(_ group: UserGroup, then done: @escaping @Sendable () -> Void) {
        let uptime = clock.uptime
        let (isThere, begins) = state.withLockedValue { state in
            var entry = state.entries[group] ?? Entry()
            entry.neededAt = uptime
            let isThere = entry.holds(at: uptime) || (!entry.isAsked && uptime < state.restsUntil(group))
            if !isThere { entry.waiting.append(done) }
            state.entries[group] = entry
            return (isThere, !isThere && state.begin(group))
        }
        if isThere { done() }
        if begins { ask(group) }
    }

    /// Asks the platform. Exactly one call for a group is under way at a time.
    private func ask(_ group: UserGroup) {
        let began = clock.uptime
        let overdue = FirstAnswer<Void>(
            { [self] in if (try? $0.get()) == nil { take(.failure(.noAnswer(Self.silent)), of: group, askedAt: began) }
            },
            mayGiveUpOnceBegun: true
        )
        deadlines.watch(overdue, until: began + Self.longest, clock: clock)
        Task {
            let answer: Result<Set<Account>, LookUpProblem>
            if let directory = directories[group.platform] {
                do throws(LookUpProblem) {
                    answer = .success(try await directory.members(of: group).filter(group.mayHold))
                } catch {
                    answer = .failure(error)
                }
            } else {
                answer = .failure(.refused("Nothing can be looked up on the platform `\(group.platform)`."))
            }
            overdue.give(.success(()))
            take(answer, of: group, askedAt: began, isEnd: true)
        }
    }

    private static let silent = "The chat platform did not answer within 10 s."

    /// Takes what came of a look-up.
    /// - Parameter isEnd: whether the call has ended; if not, it took too long and nobody waits for it any more.
    private func take(
        _ answer: Result<Set<Account>, LookUpProblem>,
        of group: UserGroup,
        askedAt: Duration,
        isEnd: Bool = false
    ) {
        let uptime = clock.uptime
        let (waiting, before) = state.withLockedValue { state in
            var entry = state.entries[group] ?? Entry()
            let before = entry.problem
            switch answer {
            case .success(let members):
                (entry.members, entry.askedAt, entry.problem) = (members, askedAt, nil)
                entry.restsUntil = .zero
            case .failure(let problem):
                entry.problem = problem
                entry.restsUntil = uptime + Self.rest
                if case .rateLimited(let pause) = problem { state.pauses[Place(group)] = uptime + pause }
            }
            if isEnd { entry.isAsked = false }
            defer { state.entries[group]?.waiting = [] }
            state.entries[group] = entry
            state.version += 1
            return (entry.waiting, before)
        }
        log(answer, of: group, before)
        for done in waiting { done() }
        news.ring()
    }

    private func log(_ answer: Result<Set<Account>, LookUpProblem>, of group: UserGroup, _ before: LookUpProblem?) {
        switch answer {
        case .success:
            Metric.lookUps.count(group.platform, "answered")
            if before != nil { logger.notice("user group looked up again", metadata: ["group": "\(group)"]) }
        case .failure(let problem):
            Metric.lookUps.count(group.platform, problem.word)
            // One line until it works again or fails otherwise.
            guard before?.word != problem.word else { return }
            logger.warning(
                "user group could not be looked up: nobody counts as its member meanwhile",
                metadata: ["group": "\(group)", "reason": "\(problem.word)", "problem": "\(problem.sentence)"]
            )
        }
    }
}

extension MemberCache.State {
    /// Notes that a group is being asked about. Returns false if it is already.
    fileprivate mutating func begin(_ group: UserGroup) -> Bool {
        guard entries[group]?.isAsked == false else { return false }
        entries[group]?.isAsked = true
        return true
    }
}
