import BotCore
import BotStore
import Foundation
import Testing

@testable import BotEngine

/// Every text that people read from the engine, on pages that can be read from their begin to their end.
@Suite("The wording", .timeLimit(.minutes(20)))
struct WordingTests {
    // MARK: Help

    @Test func ofHelp() async throws {
        var page = WordingPage("help")
        try await EngineHarness.run(.withClosing, isRunning: false) { bot in
            for person in [Person.amy, .bob, .dan, .eve, .zoe] {
                page.part("\(person.rawValue) needs help")
                try await page.type("help", by: person, bot)
            }
            page.part("in a direct message")
            try await page.type("help", in: .direct, isDirect: true, bot)
            page.part("more")
            try await page.type("help more", bot)
            try await page.type("help retsart", bot)
            for topic in ["dancing", "keys", "withdraw", "plan", "because", "undo"] {
                try await page.type("help \(topic)", bot)
            }
            page.part("an action")
            for words in Set(ActionCatalogue.all.map { $0.words[0] }).sorted() {
                try await page.type("help \(words)", bot)
            }
            try await page.type("help scale", by: .eve, bot)
            page.part("a command")
            for command in CommandCatalogue.all {
                try await page.type("help \(command.form.words.joined(separator: " "))", bot)
            }
        }
        try page.check()
    }

    // MARK: Actions

    @Test func ofActions() async throws {
        let lines = [
            "update_ssh_keys": "ssh-keys set 11 13", "update_image": "image 77", "restart_workers": "restart workers",
            "restart_cluster": "restart cluster", "scale_cluster": "scale 4", "attach_ip": "ip attach 9",
            "detach_ip": "ip detach 9", "add_security_group": "sg add 3 4", "remove_security_group": "sg remove 3",
        ]
        var page = WordingPage("actions")
        for spec in ActionCatalogue.all {
            let line = try #require(lines[spec.name], "\(spec.name) has no line here")
            try await EngineHarness.run { bot in
                Self.furnish(bot, owner: spec.name == "detach_ip" ? 42 : nil)
                page.part(spec.name)
                try await page.type("42 \(line) --plan", bot)
                try await page.type("42 \(line)", bot)
                try await page.card(1, is: .pending, bot)
                bot.clusters.set { $0.addresses[9] = spec.name == "detach_ip" ? 44 : .some(nil) }
                try await bot.say("44 \(line)", in: .lab)
                try await bot.until(2, isShown: .pending)
                try await page.card(2, bot)
            }
        }
        // Amounts that only a read shows, and what stands in the way.
        try await EngineHarness.run { bot in
            Self.furnish(bot)
            page.part("what only a read shows")
            for line in [
                "42 scale to 12 --plan", "42 scale to 8 --plan", "42 ssh-keys add 13 --plan",
                "42 ssh-keys add 11 --plan",
                "42 ssh-keys remove 12 --plan", "42 ssh-keys remove 11 12 --plan", "42 image 76 --plan",
                "42 image 99 --plan",
                "42 ip detach 9 --plan", "42 sg add 9 --plan", "42 scale 17 --plan", "43 scale 1 --plan",
            ] { try await page.type(line, bot) }
            bot.clusters.alter(42) { $0.status = "Updating" }
            try await page.type("42 image 77 --plan", bot)
            bot.clusters.alter(42) { $0.status = "Stopped" }
            try await page.type("42 image 77 --plan", bot)
            bot.clusters.set { $0.readProblems[42] = "The cluster API did not answer within 30 s." }
            try await page.type("42 scale 4 --plan", bot)
            try await page.type("42 restart workers --plan", bot)
        }
        try page.check()
    }

    /// Lets the project have things with names.
    static func furnish(_ bot: EngineHarness, owner: Int? = nil) {
        bot.clusters.set { state in
            state.addresses = [9: owner, 10: 53]
            state.lists = [
                .images: NamedList([76: "PyTorch 2.6", 77: "Ubuntu Slurm", 81: "JAX"]),
                .sshKeys: NamedList([11: "amy-laptop", 12: "ci-runner", 13: "bob-laptop"]),
                .securityGroups: NamedList([3: "jupyter", 4: "prometheus"]),
                .reservedIPs: NamedList([9: "203.0.113.9", 10: "203.0.113.10"]),
            ]
        }
    }

    // MARK: Answers

    @Test func ofAnswers() async throws {
        var page = WordingPage("answers")
        var rules = TestRules.withClosing
        rules.freezes = [
            Freeze(
                name: "year end",
                clusters: nil,
                from: ManualClock.start + .seconds(86_400),
                until: ManualClock.start + .seconds(2 * 86_400),
                source: .configuration
            )
        ]
        try await EngineHarness.run(rules, historyChannel: .log) { bot in
            Self.furnish(bot)
            page.part("nothing has happened yet")
            for line in ["help", "pending", "history", "locks", "list", "whoami", "version", "may", "42 may", "show 1"]
            {
                try await page.type(line, bot)
            }
            try await page.type("whoami", by: .zoe, bot)
            try await page.type("whoami", by: .eve, bot)
            try await page.type("may", by: .eve, bot)
            try await page.type("list", by: .zoe, bot)
            page.part("rights")
            for line in [
                "why 42 restart cluster", "why 43 scale 4", "why 42 scale 17", "who can approve 42 scale 4",
                "who can approve 46 scale 4", "who can approve 43 scale 4",
            ] { try await page.type(line, bot) }
            try await page.type("why 42 scale 4", by: .eve, bot)
            page.part("what there is to choose")
            for line in [
                "42", "42 image", "42 ssh-keys", "42 ip", "42 ip detach", "42 sg", "42 sg remove", "42 restart",
                "restart", "status",
            ] {
                try await page.type(line, bot)
            }
            page.part("a request that waits")
            try await page.type("42 scale 4 because the queue is long", bot)
            try await bot.until(1, isShown: .pending)
            try await page.type("42 scale 4", bot)
            try await page.type("42 scale 4 because it is urgent", bot)
            for line in ["42 status", "pending", "approve", "show 1"] { try await page.type(line, bot) }
            for line in ["show", "cancel", "history 42", "what happened to 43 since monday?"] {
                try await page.type(line, bot)
            }
            for line in ["pending", "approve", "deny"] { try await page.type(line, by: .bob, bot) }
            page.part("deciding")
            try await page.type("approve 1", bot)
            try await page.type("deny 1 no", bot)
            try await page.type("confirm 1", bot)
            try await page.type("approve 1", by: .dan, bot)
            try await page.type("deny 1 no", by: .dan, bot)
            try await page.type("cancel 1", by: .bob, bot)
            try await page.type("approve 1 plan 00000000", by: .bob, bot)
            try await page.type("approve 1", by: .zoe, bot)
            try await page.type("approve 9", by: .bob, bot)
            try await page.type("approve 1 fine with me", by: .bob, bot)
            try await bot.until(1, isShown: .succeeded)
            try await bot.until("it runs again") {
                bot.clock.advance(by: .seconds(30))
                return try await bot.kinds(1).last == "followed"
            }
            try await page.type("approve 1", by: .cat, bot)
            try await page.type("cancel 1", bot)
            try await page.type("resolve 1 succeeded I looked", by: .bob, bot)
            page.part("a request that is withdrawn, and one that is denied")
            try await page.type("42 image 77", bot)
            try await bot.until(2, isShown: .pending)
            try await page.type("cancel 2", bot)
            try await page.type("42 image 77", bot)
            try await bot.until(3, isShown: .pending)
            try await page.type("deny 3 not during the run", by: .cat, bot)
            try await page.type("42 image 77", bot)
            page.part("a confirmation")
            try await page.type("44 scale 1", bot)
            try await bot.until(4, isShown: .pending)
            try await page.type("confirm 4", by: .bob, bot)
            try await page.type("confirm 4", bot)
            try await bot.until(4, isShown: .succeeded)
            page.part("locks")
            try await page.type("42 lock", by: .bob, bot)
            try await page.type("42 lock \"benchmark running\" --for 2h", by: .bob, bot)
            try await page.line("locked", bot)
            try await page.type("42 lock mine", by: .cat, bot)
            try await page.type("42 lock mine", bot)
            for line in ["locks", "list", "42 status", "42 scale 4"] { try await page.type(line, bot) }
            try await page.type("42 unlock", bot)
            try await page.type("42 unlock", by: .cat, bot)
            try await page.type("42 unlock", by: .bob, bot)
            try await page.line("unlocked", bot)
            try await page.type("42 unlock", by: .bob, bot)
            page.part("freezes")
            try await page.type("freezes", bot)
            try await page.type("freeze release week everything", bot)
            try await page.type("freeze \"release week\" everything --for 4h", by: .bob, bot)
            try await page.line("release week", bot)
            for line in ["freezes", "list", "43 scale 1", "43 status"] { try await page.type(line, bot) }
            try await page.type("unfreeze F1", bot)
            try await page.type("unfreeze F1", by: .cat, bot)
            try await page.type("unfreeze F9", by: .bob, bot)
            try await page.type("unfreeze F1", by: .bob, bot)
            try await page.line("ended the freeze", bot)
            try await page.type("unfreeze year end", by: .bob, bot)
            bot.clock.advance(by: .seconds(23 * 3600))
            try await page.line("year end", in: .log, bot)
            try await page.type("unfreeze year end", by: .bob, bot)
            try await page.type("unfreeze year end not this time", by: .bob, bot)
            page.part("what was done")
            for line in [
                "history", "history failed", "history by amy since 2d", "history by nobody", "42 history 2", "show 1",
            ] {
                try await page.type(line, bot)
            }
        }
        try page.check()
        for command in CommandCatalogue.all {
            let words = command.form.words.joined(separator: " ")
            let isAnswered = page.hasTyped(words)
            #expect(isAnswered, "\(words) is not answered on this page")
        }
    }

    // MARK: Refusals and wrong input

    @Test func ofRefusals() async throws {
        var page = WordingPage("refusals")
        try await EngineHarness.run(.withClosing) { bot in
            page.part("wrong input")
            for line in [
                "scale 42 4", "4 scale 42", "42 restart cluster?", "42 sclae 4", "prod scale 4", "prod-trian status",
                "42 scale ４", "42 scale -4", "42 scale 0", "42 scale 1,000", "42 scale 4-8", "42 scale 4.5", "42 scale",
                "42 scale 4 8", "42 scale 4 --reason more --emergency", "42 scale 4 because", "42 scale 4 --now",
                "42 scale 4; 43 scale 2", "42 scale \"4", "42 image none", "42 ip detach 9 static", "42 ssh-keys set",
                "approve 1 --plan", "approve 3 4", "approve x", "deny 3", "resolve 3", "resolve 3 succeeded",
                "history 99",
                "history since never", "42 logs", "42 stop", "99 status", "nobody status", "dance", "undo 1",
                "freeze now", "freeze \"x\" nowhere=9", "42 lock x --for 9d", "42 lock benchmark --for 2h", "lock",
                "unlock", "unfreeze F1", "freeze 42", "42 freeze", "lock 42", "approve 1 with 1 node",
                "away until friday", "back",
                "42 restart cluster --at 22:00", "42 scale 4 --emergency", "image 81 on 42", "status 42 and 43",
                "scale down 4",
                "reboot 42", "restart wrokers", "42 image Slurm 24.05", "scale prod-train", "aprove 1 now --plan",
                "scale prod-train 4 because the --plan flag failed",
            ] { try await page.type(line, by: .bob, bot) }
            page.part("by a rule")
            try await page.type("42 scale 17", bot)
            try await page.type("42 scale 4", by: .eve, bot)
            try await page.type("42 scale 4", by: .zoe, bot)
            try await page.type("42 scale 4", in: .direct, isDirect: true, bot)
            try await page.type("freeze \"x\" everything", bot)
        }
        var rules = TestRules()
        rules.reasons = ReasonNeeds(required: ["restart_cluster"], pattern: "[A-Z]+-[0-9]+")
        rules.rules.append(
            Rule(
                name: "no keys on prod",
                effect: .forbid,
                rights: ["update_ssh_keys"],
                who: [.everyone],
                clusters: .init(ids: [42]),
                needs: nil
            )
        )
        rules.rules.append(
            Rule(
                name: "few images",
                effect: .allow,
                rights: ["update_image"],
                who: [.group("owners")],
                channels: [.lab],
                values: ["image_version_id": [.int(77), .int(81)]],
                needs: .nothing
            )
        )
        rules.limits = RequestLimits(openChanges: 3, requestsPerMinute: 1000)
        try await EngineHarness.run(rules, isRunning: false) { bot in
            page.part("by other rules, and limits")
            for line in ["42 ssh-keys add 13", "43 restart cluster", "43 restart cluster because I say so"] {
                try await page.type(line, bot)
            }
            try await page.type("42 image 76", by: .dan, in: .lab, bot)
            try await page.type("42 image 77", by: .dan, bot)
            for number in 1...4 { try await page.type("43 scale \(number)", bot) }
        }
        rules = TestRules()
        rules.limits = RequestLimits(openChanges: 100, requestsPerMinute: 2)
        try await EngineHarness.run(rules, isRunning: false) { bot in
            page.part("too many commands in a minute")
            for _ in 1...3 { try await page.type("list", bot) }
        }
        try await EngineHarness.run(readsBack: false) { bot in
            page.part("where the API is never read")
            for line in ["42 scale to 12", "42 ssh-keys add 13", "42 image ubuntu", "42 image", "42 status"] {
                try await page.type(line, bot)
            }
        }
        try await EngineHarness.run { bot in
            Self.furnish(bot)
            page.part("names")
            bot.clusters.set { $0.lists[.images] = NamedList([76: "JAX", 81: "JAX"]) }
            for line in ["42 image JAX", "42 image none", "42 ssh-keys add carol-laptop"] {
                try await page.type(line, bot)
            }
            page.part("a button that comes too late")
            let reply = try await bot.type("43 sclae 4", in: .ops)
            let handle = try #require(reply.message?.button(.offer)).value
            try await bot.click("offer", value: handle, by: .bob)
            try await page.word("somebody else", bot)
            bot.clock.advance(by: .seconds(300))
            try await bot.click("offer", value: handle, by: .amy)
            try await page.word("old", bot)
        }
        try page.check()
    }
}
