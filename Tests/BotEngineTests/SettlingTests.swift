import BotCore
import Testing

@testable import BotEngine

@Suite("Settling an unknown outcome by reading", .timeLimit(.minutes(20)))
struct SettlingTests {
    /// Waits until the cluster was read so often.
    private func reads(_ count: Int, _ bot: EngineHarness) async throws {
        try await bot.until("\(count) reads") { bot.clusters.now.reads[43] == count }
        // What a read showed is noted after it.
        try await bot.goRound()
    }

    /// A change of cluster 43 that is unknown, read once for sending and once since.
    private func unknown(
        _ outcome: SimulatedClusters.Outcome,
        _ bot: EngineHarness,
        _ command: String = "43 scale 4"
    ) async throws {
        bot.clusters.willAnswer(outcome, on: 43)
        try await bot.say(command)
        try await bot.until(1, isShown: .unknown)
        try await reads(2, bot)
    }

    @Test(arguments: ["43 scale 4", "43 image 77", "43 ssh-keys add 13", "43 ip attach 9"])
    func twoReadsThatShowItAsPlannedMeanSuccessAtOnce(_ command: String) async throws {
        try await EngineHarness.run { bot in
            try await unknown(.unknownApplied, bot, command)
            bot.clock.advance(by: .seconds(50))
            try await bot.goRound()
            #expect(bot.clusters.now.reads[43] == 2)
            #expect(try await bot.change(1).state == .unknown)
            bot.clock.advance(by: .seconds(10))
            try await bot.until(1, isShown: .succeeded)
            let change = try await bot.change(1)
            #expect(change.howKnown == .readBack)
            #expect(change.outcome == "Two reads of the cluster show it as planned: it was carried out.")
            #expect(try await bot.kinds(1) == ["requested", "planned", "sending", "unknown", "settled"])
            let seq = try #require(change.recorded?.seq)
            try await bot.until("a notice tells it") {
                bot.chat.posts.contains {
                    $0.text.contains(" done: ") && $0.versions[0].identity?.part == .entry(seq: seq)
                }
            }
        }
    }

    @Test func readsAsBeforeMeanFailureOnlyAfterAWhile() async throws {
        try await EngineHarness.run { bot in
            try await unknown(.unknownNotApplied, bot)
            let ended = try #require(try await bot.intent(1)?.endedAt)
            var count = 2
            while bot.clock.now + .seconds(60) < ended + .seconds(900) {
                bot.clock.advance(by: .seconds(60))
                count += 1
                try await reads(count, bot)
                #expect(try await bot.change(1).state == .unknown)
            }
            bot.clock.advance(by: .seconds(60))
            try await bot.until(1, isShown: .failed)
            #expect(try await bot.change(1).howKnown == .readBack)
            #expect(
                try await bot.change(1).outcome
                    == "15 min after the attempt two reads show the cluster exactly as before: it was not carried out."
            )
        }
    }

    /// What it shows may be as old as its beginning, and the request may have taken effect since.
    @Test func aSlowReadCountsFromItsBeginning() async throws {
        try await EngineHarness.run { bot in
            try await unknown(.unknownNotApplied, bot)
            let ended = try #require(try await bot.intent(1)?.endedAt)
            bot.clock.advance(by: ended + .seconds(820) - bot.clock.now)
            try await reads(3, bot)
            let slow = bot.clusters.holdReads(of: 43)
            bot.clock.advance(by: ended + .seconds(890) - bot.clock.now)
            try await slow.reached()
            bot.clock.advance(by: .seconds(20))
            slow.open()
            try await bot.goRound()
            #expect(try await bot.change(1).state == .unknown)
            bot.clock.advance(by: .seconds(60))
            try await bot.until(1, is: .failed)
        }
    }

    /// The first may have seen what was there just before it ended.
    @Test func twoReadsAreApartFromTheEndOfOneToTheBeginningOfTheNext() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.unknownApplied, on: 43)
            let sending = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 scale 4")
            try await sending.reached()
            let slow = bot.clusters.holdReads(of: 43)
            sending.open()
            try await slow.reached()
            bot.clock.advance(by: .seconds(40))
            let ended = bot.clock.uptime
            slow.open()
            try await reads(2, bot)
            bot.clock.advance(by: ended + .seconds(45) - bot.clock.uptime)
            try await bot.goRound()
            #expect(bot.clusters.now.reads[43] == 2)
            #expect(try await bot.change(1).state == .unknown)
            bot.clock.advance(by: ended + .seconds(60) - bot.clock.uptime)
            try await bot.until(1, is: .succeeded)
        }
    }

    /// After 1, 4 and 24 hours, and then once a day, also when nobody reads any more: whoever is asked to settle it must not
    /// forget it.
    @Test func whatIsNeitherStaysUnknownAndIsToldUntilSomebodySettlesIt() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.unknownApplied, on: 43)
            let gate = bot.clusters.holdSendings(to: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            bot.clusters.alter(43) { $0.nodes = 9 }
            gate.open()
            try await bot.until(1, isShown: .unknown)
            let ended = bot.clock.uptime
            var told = 1
            func tellings() async throws -> Int { try await bot.kinds(1).filter { $0 == "unknown" }.count }
            for hours in [1, 4, 24, 48, 72] {
                bot.clock.advance(by: ended + .seconds(hours * 3600 - 60) - bot.clock.uptime)
                try await bot.goRound()
                #expect(try await tellings() == told)
                bot.clock.advance(by: .seconds(60))
                told += 1
                try await bot.until("it is told again after \(hours) h") { try await tellings() == told }
            }
            try await bot.until("the channel hears of it") {
                bot.chat.posts.filter { $0.text.contains("#1 still unknown: ") }.count == 5
            }
            let notice = try #require(bot.chat.posts.last { $0.text.contains("#1 still unknown: ") })
            #expect(notice.text.contains("Can settle it: bob or cat"))
            let reads = bot.clusters.now.reads[43]
            bot.clock.advance(by: .seconds(7200))
            try await bot.goRound()
            #expect(bot.clusters.now.reads[43] == reads)
            #expect(try await bot.change(1).state == .unknown)
            try await bot.say("resolve 1 succeeded \"13 nodes, 4 of them mine\"", by: .bob)
            #expect(try await bot.change(1).state == .succeeded)
            try await bot.until("the reason is told") {
                bot.chat.posts.contains { $0.text.contains("“13 nodes, 4 of them mine”") }
            }
        }
    }

    @Test func readsThatDisagreeOrFailProveNothing() async throws {
        try await EngineHarness.run { bot in
            try await unknown(.unknownApplied, bot)
            var count = 2
            for step in 0..<4 {
                bot.clusters.set { state in
                    state.machines[43]?.nodes = step.isMultiple(of: 2) ? 8 : 12
                    state.readProblems[43] = step == 1 ? "The API does not answer." : nil
                }
                bot.clock.advance(by: .seconds(61))
                count += 1
                try await reads(count, bot)
            }
            try await bot.goRound()
            #expect(try await bot.change(1).state == .unknown)
            bot.clock.advance(by: .seconds(61))
            try await bot.until(1, is: .succeeded)
        }
    }

    /// Few are read at once, but no time has to pass between them: an outage of the API may leave many open.
    @Test func readsEverythingThatIsOpenAtOnce() async throws {
        var rules = TestRules()
        let many = 101...112
        rules.clusters += many.map { Cluster(id: $0, name: "many-\($0)", project: "nlp", labels: ["env": "dev"]) }
        try await EngineHarness.run(rules) { bot in
            let gates = many.map { bot.clusters.holdSendings(to: $0) }
            for cluster in many {
                bot.clusters.willAnswer(.unknownNotApplied, on: cluster)
                // Nobody gets more than a share of what is sent at once.
                try await bot.say("\(cluster) scale 4", by: cluster.isMultiple(of: 2) ? .amy : .bob)
            }
            try await bot.until("all are sent") { bot.clusters.sendings.count == many.count }
            let reads = many.map { bot.clusters.holdReads(of: $0) }
            for gate in gates { gate.open() }
            for change in 1...many.count { try await bot.until(change, isShown: .unknown) }
            for read in reads { read.open() }
            // Each was read once before the sending.
            try await bot.until("all are read", passing: 0) { many.allSatisfy { bot.clusters.now.reads[$0] == 2 } }
        }
    }

    @Test func withoutReadingOnlyAPersonSettles() async throws {
        try await EngineHarness.run(readsBack: false) { bot in
            bot.clusters.willAnswer(.unknownApplied, on: 43)
            try await bot.say("43 scale 4")
            try await bot.until(1, isShown: .unknown)
            #expect(try await bot.change(1).title == "+4 nodes on dev-train")
            bot.clock.advance(by: .seconds(1000))
            #expect(try await bot.say("43 image 77").contains("refused. The outcome of #1"))
            #expect(bot.clusters.now.reads[43] == nil)
            try await bot.say("resolve 1 succeeded \"12 in the dashboard\"", by: .bob)
            #expect(try await bot.change(1).state == .succeeded)
            for command in ["43 scale to 12", "43 ssh-keys add 13", "43 ssh-keys remove 11"] {
                #expect(
                    try await bot.say(command).hasPrefix(
                        "That is counted from the cluster's present state, which I may not read here"
                    )
                )
            }
            #expect(try await bot.say("43 status").hasPrefix("I may not read clusters here"))
            #expect(try await bot.changes().count == 2)
        }
    }
}

@Suite("A change that reads showed as not carried out", .timeLimit(.minutes(20)))
struct LateEffectTests {
    private func failed(_ bot: EngineHarness) async throws {
        bot.clusters.willAnswer(.unknownNotApplied, on: 43)
        try await bot.say("43 scale 4")
        try await bot.until(1, isShown: .unknown)
        try await bot.until("it was read") { bot.clusters.now.reads[43] == 2 }
        try await bot.goRound()
        bot.clock.advance(by: .seconds(900))
        try await bot.until(1, is: .failed)
    }

    @Test func isLookedAtAgainAndALateEffectIsTold() async throws {
        try await EngineHarness.run(historyChannel: .log) { bot in
            try await failed(bot)
            bot.clock.advance(by: .seconds(2680))
            try await bot.goRound()
            let reads = try #require(bot.clusters.now.reads[43])
            bot.clock.advance(by: .seconds(30))
            try await bot.until("the first look") { bot.clusters.now.reads[43] == reads + 1 }
            try await bot.goRound()
            #expect(try await bot.kinds(1).filter { $0 == "settled" }.count == 1)

            // The second look is not forgotten over a restart.
            try await bot.crash()
            bot.clusters.alter(43) { $0.nodes = 12 }
            bot.clock.advance(by: .seconds(86_400))
            bot.restart()
            try await bot.until("the late effect is recorded") {
                try await bot.kinds(1).filter { $0 == "settled" }.count == 2
            }
            try await bot.untilShown(1)
            let change = try await bot.change(1)
            let hall = change.channel
            #expect(change.state == .failed)
            #expect(change.outcome?.hasSuffix("it took effect late.") == true)
            try await bot.until("both channels hear of it") {
                Set(bot.chat.posts.filter { $0.text.contains("took effect late") }.map(\.channel)) == [.log, hall]
            }
            bot.clock.advance(by: .seconds(86_400))
            try await bot.goRound()
            #expect(try await bot.kinds(1).filter { $0 == "settled" }.count == 2)
        }
    }

    @Test func isNotMistakenForTheOneThatIsSentDuringTheLook() async throws {
        try await EngineHarness.run { bot in
            try await failed(bot)
            let reads = bot.clusters.now.reads[43] ?? 0
            let gate = bot.clusters.holdReads(of: 43)
            bot.clock.advance(by: .seconds(3600))
            // Who was just about to sleep when the hour passed sleeps a few seconds more.
            try await bot.until("the look") {
                bot.clock.advance(by: .seconds(1))
                return bot.clusters.now.reads[43] ?? 0 > reads
            }
            try await gate.reached()
            bot.clusters.set { $0.readGates = [:] }
            try await bot.say("43 scale 4")
            try await bot.until("the other is carried out") { try await bot.states().last == .succeeded }
            gate.open()
            try await bot.goRound()
            #expect(try await bot.change(1).outcome?.contains("late") == false)
        }
    }

    @Test func isNotMistakenForTheOneThatWasSentAfterIt() async throws {
        try await EngineHarness.run { bot in
            try await failed(bot)
            try await bot.say("43 scale 4")
            try await bot.until("the other is carried out") { try await bot.states().last == .succeeded }
            #expect(bot.clusters.machine(43).nodes == 12)
            bot.clock.advance(by: .seconds(3600))
            try await bot.goRound()
            bot.clock.advance(by: .seconds(86_400))
            try await bot.goRound()
            #expect(try await bot.kinds(1).last == "settled")
            #expect(try await bot.change(1).outcome?.contains("late") == false)
        }
    }
}
