import BotCore
import NIOConcurrencyHelpers
import TestSupport

/// A platform's user groups as a test keeps them; it fails and hangs as the test wants.
final class KeptDirectory: MemberDirectory {
    private struct State {
        var members: [UserGroup: Set<Person>] = [:]
        var problems: [UserGroup: LookUpProblem] = [:]
        var gate: Gate?
        var lookUps: [(group: UserGroup, at: Duration)] = []
        var underWay: [UserGroup: Int] = [:]
        var mostUnderWay = 0
    }

    private let clock: ManualClock
    private let happenings: EventWaiter<Int>
    private let state = NIOLockedValueBox(State())

    init(clock: ManualClock, happenings: EventWaiter<Int>) {
        self.clock = clock
        self.happenings = happenings
    }

    /// The times of look-ups, failed ones too.
    func lookUps(_ group: UserGroup = .onCall) -> [Duration] {
        state.withLockedValue { $0.lookUps.filter { $0.group == group }.map(\.at) }
    }

    /// The most look-ups of one group that were under way at once.
    var mostUnderWay: Int { state.withLockedValue(\.mostUnderWay) }

    func put(_ people: Person..., in group: UserGroup = .onCall) {
        state.withLockedValue { $0.members[group] = Set(people) }
    }

    func fail(_ problem: LookUpProblem?, _ group: UserGroup = .onCall) {
        state.withLockedValue { $0.problems[group] = problem }
    }

    /// Holds all look-ups from now on.
    func hold() -> Gate {
        let gate = Gate()
        state.withLockedValue { $0.gate = gate }
        return gate
    }

    func openAllGates() {
        let gate = state.withLockedValue { state in
            defer { state.gate = nil }
            return state.gate
        }
        gate?.open()
    }

    func members(of group: UserGroup) async throws(LookUpProblem) -> Set<Account> {
        let gate = state.withLockedValue { state in
            state.lookUps.append((group, clock.uptime))
            state.underWay[group, default: 0] += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay[group] ?? 0)
            return state.gate
        }
        happenings.update { $0 += 1 }
        await gate?.pass()
        let (people, problem) = state.withLockedValue { state in
            state.underWay[group, default: 1] -= 1
            return (state.members[group] ?? [], state.problems[group])
        }
        happenings.update { $0 += 1 }
        if let problem { throw problem }
        return Set(people.map(\.account))
    }
}

extension UserGroup {
    static let onCall = UserGroup(platform: "slack", workspace: "T1", id: "S0CALL")
    static let staff = UserGroup(platform: "slack", workspace: "T1", id: "S0STAFF")
}
