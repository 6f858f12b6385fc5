import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("A change that needs nobody's agreement", .timeLimit(.minutes(20)))
struct SendingTests {
    @Test func isSentOnceAndItsMessageBecomesTheResult() async throws {
        try await EngineHarness.run { bot in
            let reply = try await bot.type("43 scale 4", in: .ops)
            #expect(reply.text == "#1 +4 nodes on dev-train – I am on it.")
            #expect(reply.isPrivate)
            try await bot.until(1, isShown: .succeeded)
            #expect(bot.sendings(1).map(\.body) == [#"{"action":"scale_cluster","additional_nodes":4}"#])
            #expect(bot.clusters.machine(43).nodes == 12)

            let change = try await bot.change(1)
            let message = try await bot.conversation(1)
            let place = try #require(change.recorded?.short)
            #expect(bot.chat.posts.count == 1)
            #expect(message.channel == .ops)
            #expect(message.versions.count >= 2)
            #expect(message.versions.first?.wholeText.contains("looking at the cluster") == true)
            let until = try #require(try await bot.file.read { try $0.following(of: 1) }).until.readable
            #expect(
                message.text == """
                    ✅ +4 nodes on dev-train, 8 → 12 – done
                    The API reports cluster dev-train Running.
                    📡 I look at it until it runs with all its nodes, at most until \(until)
                    #1 · asked by amy · rule “engineers act on dev” · \(place)
                    """
            )
            #expect(message.versions.last?.summary.plain.hasSuffix(" \(place)") == true)
            #expect(place.contains(/^4:[0-9a-f]{16}$/))
            #expect(try await bot.kinds(1) == ["requested", "planned", "sending", "succeeded"])
            #expect(change.howKnown == .answer)
        }
    }

    @Test func waitsUntilTheStoreCouldBeLookedThrough() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            bot.store.failNextLooks(3)
            bot.start()
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .ready)
            try await bot.until("one look is left") { bot.store.unsuccessfulLooksLeft == 1 }
            #expect(bot.clusters.sendings.isEmpty)
            #expect(bot.context.isStoreUnseen)
            #expect(try await bot.change(1).state == .ready)
            try await bot.until(1, isShown: .succeeded)
            #expect(!bot.context.isStoreUnseen)
            #expect(bot.sendings(1).count == 1)
        }
    }

    @Test func isNotSentWhenTheEndComesBeforeTheStoreCouldBeLookedThrough() async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            bot.store.failNextLooks(.max)
            bot.start()
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, is: .ready)
            try await bot.stop()
            #expect(bot.clusters.sendings.isEmpty)
            #expect(try await bot.change(1).state == .ready)
        }
    }

    struct Typed: Sendable, CustomTestStringConvertible {
        let text: String
        let body: String
        let seen: @Sendable (SimulatedClusters) -> Bool

        var testDescription: String { text }
    }

    @Test(arguments: [
        Typed(text: "43 image 77", body: #"{"action":"update_image","image_version_id":77}"#) {
            $0.machine(43).image == 77
        },
        Typed(text: "43 restart workers", body: #"{"action":"restart_workers"}"#) { _ in true },
        Typed(text: "43 restart cluster", body: #"{"action":"restart_cluster"}"#) { _ in true },
        Typed(text: "43 scale to 12", body: #"{"action":"scale_cluster","additional_nodes":4}"#) {
            $0.machine(43).nodes == 12
        },
        Typed(text: "43 ssh-keys add 13", body: #"{"action":"update_ssh_keys","ssh_key_ids":[11,12,13]}"#) {
            $0.machine(43).keys == [11, 12, 13]
        },
        Typed(text: "43 ssh-keys 14", body: #"{"action":"update_ssh_keys","ssh_key_ids":[14]}"#) {
            $0.machine(43).keys == [14]
        },
        Typed(text: "43 ip attach 9", body: #"{"action":"attach_ip","reserved_ip_id":9}"#) {
            $0.now.addresses[9] == 43
        },
        Typed(text: "43 ip detach 9", body: #"{"action":"detach_ip","ip_type":"reserved","reserved_ip_id":9}"#) {
            $0.now.addresses[9] == .some(nil)
        },
        Typed(text: "43 sg add 3 4", body: #"{"action":"add_security_group","security_groups_ids":[3,4]}"#) {
            $0.machine(43).groups == [3, 4]
        },
        Typed(text: "43 sg remove 3", body: #"{"action":"remove_security_group","security_group_id":3}"#) { _ in true },
    ])
    func everyActionSendsItsBody(_ typed: Typed) async throws {
        try await EngineHarness.run { bot in
            if typed.text.contains("detach") { bot.clusters.set { $0.addresses[9] = .some(43) } }
            try await bot.say(typed.text)
            try await bot.until(1, is: .succeeded)
            #expect(bot.sendings(1).map(\.body) == [typed.body])
            #expect(typed.seen(bot.clusters))
        }
    }

    @Test func thatTheAPIRefusesHasFailedByAnswer() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.refuse("The API says: quota exceeded."), on: 43)
            try await bot.say("43 scale 4")
            try await bot.until(1, isShown: .failed)
            #expect(try await bot.change(1).howKnown == .answer)
            #expect(
                try await bot.conversation(1).text.contains(
                    "❌ +4 nodes on dev-train, 8 → 12 – failed\nThe API says: quota exceeded."
                )
            )
        }
    }

    /// The API's token was changed in the middle: what it refuses has failed, and what comes after it goes its way.
    @Test func thatIsRefusedForItsCredentialsDoesNotHoldUpTheNext() async throws {
        try await EngineHarness.run { bot in
            let gate = bot.clusters.holdSendings(to: 43)
            bot.clusters.willAnswer(.refuse("The API did not accept the credentials of project nlp (401)."), on: 43)
            try await bot.say("43 scale 4")
            try await gate.reached()
            try await bot.say("43 image 77")
            try await bot.until(2, is: .ready)
            gate.open()
            try await bot.until(2, is: .succeeded)
            #expect(try await bot.states() == [.failed, .succeeded])
            #expect(try await bot.change(1).howKnown == .answer)
            #expect(bot.clusters.sendings.count == 2)
        }
    }

    @Test func thatNeverLeftHasFailedNotSent() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.willAnswer(.notSent("The API's name cannot be looked up."), on: 43)
            try await bot.say("43 scale 4")
            try await bot.until(1, isShown: .failed)
            #expect(try await bot.change(1).howKnown == .notSent)
            #expect(
                try await bot.conversation(1).text.contains(
                    "– nothing was sent\nThe API's name cannot be looked up."
                )
            )
        }
    }

    @Test func thatMakesNoSenseWithWhatIsReadIsNotSent() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("43 scale to 8")
            try await bot.until(1, is: .failed)
            let change = try await bot.change(1)
            #expect(change.howKnown == .notSent)
            #expect(change.outcome?.contains("The cluster has 8 nodes already") == true)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }
}

@Suite("What the policy refuses", .timeLimit(.minutes(20)))
struct RefusalTests {
    @Test func becomesARefusedChangeOfWhichOnlyTheRequesterHears() async throws {
        try await EngineHarness.run { bot in
            let reply = try await bot.type("42 scale 4", by: .eve, in: .ops)
            #expect(
                reply.text == "#1 +4 nodes on prod-train – refused. "
                    + "No rule allows eve scale on 42 prod-train. Ask amy, bob or cat, who may, or #platform-help."
            )
            #expect(reply.isPrivate)
            #expect(try await bot.change(1).state == .refused)
            #expect(try await bot.kinds(1) == ["requested", "refused"])
            try await bot.goRound()
            #expect(bot.chat.posts(in: .ops).isEmpty)
        }
    }

    @Test func namesTheLimitThatDidNotFit() async throws {
        try await EngineHarness.run { bot in
            let text = try await bot.say("42 scale 17")
            #expect(text.contains("At most 16 nodes at once here, by the rule “a lead agrees”; 17 is more."))
            #expect(try await bot.states() == [.refused])
        }
    }

    @Test func includesAmountsThatOnlyTheReadShows() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale to 40")
            try await bot.until(1, isShown: .refused)
            #expect(try await bot.conversation(1).text.contains("At most 16"))
            // What needs nobody is read at its turn; the limit holds there too.
            let limited = TestRules.rule("few on dev", env: "dev", needs: .nothing, limits: ["additional_nodes": 2])
            bot.context.replace(rulebook: TestRules().changed { $0.rules = [limited] })
            try await bot.say("43 scale to 40")
            try await bot.until(2, is: .refused)
            #expect(bot.clusters.sendings.isEmpty)
        }
    }

    /// What forbids small steps says nothing to a large one, also where only the read shows which it is.
    @Test func includesWhatIsForbiddenByAnAmountThatOnlyTheReadShows() async throws {
        var rules = TestRules()
        rules.rules.append(
            Rule(
                name: "no small steps",
                effect: .forbid,
                rights: ["scale_cluster"],
                who: [.everyone],
                limits: ["additional_nodes": 3]
            )
        )
        try await EngineHarness.run(rules) { bot in
            try await bot.say("43 scale to 12")
            try await bot.until(1, is: .succeeded)
            bot.clusters.alter(43) { $0.nodes = 8 }
            try await bot.say("43 scale to 10")
            try await bot.until(2, is: .refused)
            #expect(try await bot.change(2).outcome?.contains("no small steps") == true)
            try await bot.say("42 scale to 10")
            try await bot.until(3, is: .refused)
            #expect(bot.clusters.sendings.count == 1)
        }
    }

    @Test func includesEveryAccountThatNobodyLists() async throws {
        try await EngineHarness.run { bot in
            let text = try await bot.say("43 scale 4", by: .zoe)
            #expect(text.contains("You are not set up yet. Ask #platform-help to add slack:T1/U0ZOE."))
            #expect(try await bot.states() == [.refused])
        }
    }

    @Test(arguments: [
        "43 scale 0", "43 scale ٤", "99 scale 4", "43 dance", "43 scale 4 5", "deny 1", "resolve 1 failed",
    ])
    func wrongInputBecomesNoChangeAndIsAnsweredWithAnExample(_ text: String) async throws {
        try await EngineHarness.run(isRunning: false) { bot in
            let reply = try await bot.type(text)
            #expect(reply.isPrivate)
            #expect(reply.text.contains("Try: /cluster ") || reply.text.contains("Did you mean /cluster "))
            #expect(try await bot.changes().isEmpty)
        }
    }

    @Test func directMessagesOnlyAnswerQuestions() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            for (text, person) in [
                ("43 scale 4", Person.amy), ("approve 1", .bob), ("deny 1 no", .bob), ("cancel 1", .amy),
            ] {
                let reply = try await bot.type(text, by: person, in: .direct, isDirect: true)
                #expect(reply.text.hasPrefix("In a direct message I only answer questions"))
            }
            #expect(try await bot.states() == [.pending])
            #expect(
                try await bot.type("pending", in: .direct, isDirect: true).text.contains(
                    "#1 +4 nodes on prod-train"
                )
            )
        }
    }
}
