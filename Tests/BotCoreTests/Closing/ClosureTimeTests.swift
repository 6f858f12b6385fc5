import BotCore
import Testing

/// From the first moment on, and not at the last.
struct ClosureTimeTests {
    private static let start = Timestamp(seconds: 1_800_000_000)
    private static let amy = Actor(
        person: "amy",
        account: Account(platform: "slack", workspace: "T1", user: "U0AMY"),
        name: "amy"
    )
    private static let channel = Channel(platform: "slack", workspace: "T1", id: "C1")
    private static let cluster = Cluster(id: 42, name: "prod-train", project: "vision", labels: ["env": "prod"])

    private func freeze(_ source: Freeze.Source = .configuration, except: Freeze.Exceptions? = nil) -> Freeze {
        Freeze(
            name: "year end",
            clusters: nil,
            from: Self.start,
            until: Self.start + .seconds(60),
            exceptions: except,
            source: source
        )
    }

    @Test(arguments: [(-1, false), (0, true), (1, true), (59_999, true), (60_000, false), (60_001, false)])
    func aConfiguredFreezeHoldsFromItsFirstMomentToItsLast(milliseconds: Int, holds: Bool) {
        #expect(freeze().isInForce(at: Self.start + .milliseconds(milliseconds)) == holds)
    }

    /// Somebody has typed it, whatever the clock says now.
    @Test(arguments: [(-3_600_000, true), (0, true), (59_999, true), (60_000, false)])
    func aTypedFreezeHoldsAlsoWhereTheClockWasSetBack(milliseconds: Int, holds: Bool) {
        let typed = freeze(.chat(Self.amy, reason: "release", Self.channel))
        #expect(typed.isInForce(at: Self.start + .milliseconds(milliseconds)) == holds)
    }

    @Test(arguments: [(-3_600_000, true), (0, true), (59_999, true), (60_000, false), (60_001, false)])
    func aLockHoldsToItsLastMoment(milliseconds: Int, holds: Bool) {
        let lock = ClusterLock(
            cluster: Self.cluster,
            holder: Self.amy,
            reason: "benchmark",
            channel: Self.channel,
            since: Self.start,
            until: Self.start + .seconds(60)
        )
        #expect(lock.isInForce(at: Self.start + .milliseconds(milliseconds)) == holds)
    }

    @Test func anExceptionIsForSomebodyAndSomethingAtOnce() {
        let policy = Policy(people: [:], groups: ["leads": ["bob"], "prod-leads": ["bob"]], rules: [], digest: "p")
        let bob = Actor(person: "bob", account: nil, name: "bob")
        let one = freeze(except: .init(who: [.group("leads")], actions: ["restart_workers"]))
        #expect(one.excepts("restart_workers", on: Self.cluster, by: bob, policy))
        #expect(!one.excepts("restart_cluster", on: Self.cluster, by: bob, policy))
        #expect(!one.excepts("restart_workers", on: Self.cluster, by: Self.amy, policy))
        let template = freeze(except: .init(who: [.group("{env}-leads")], actions: ["restart_workers"]))
        #expect(template.excepts("restart_workers", on: Self.cluster, by: bob, policy))
        let other = Cluster(id: 43, name: "dev", project: "nlp", labels: ["env": "dev"])
        #expect(!template.excepts("restart_workers", on: other, by: bob, policy))
        #expect(!freeze().excepts("restart_workers", on: Self.cluster, by: bob, policy))
        let all = freeze(except: .init(who: [.everyone], actions: ["restart_workers"]))
        #expect(all.excepts("restart_workers", on: Self.cluster, by: Self.amy, policy))
        // Nobody knows them, so they are not among everyone.
        let stranger = Actor(person: nil, account: Self.amy.account, name: "amy")
        #expect(!all.excepts("restart_workers", on: Self.cluster, by: stranger, policy))
        let amyOnly = freeze(except: .init(who: [.person("amy")], actions: ["restart_workers"]))
        #expect(amyOnly.excepts("restart_workers", on: Self.cluster, by: Self.amy, policy))
        #expect(!amyOnly.excepts("restart_workers", on: Self.cluster, by: bob, policy))
    }

    @Test(arguments: [
        ("F1", 1), ("f12", 12), ("F0", nil), ("F01", nil), ("F", nil), ("F1a", nil), ("1", nil), ("F１", nil),
    ])
    func aFreezeFromChatHasANumber(name: String, number: Int?) { #expect(Freeze.number(in: name) == number) }
}
