import BotCore
import Testing

@testable import BotEngine

@Suite("What can be chosen", .timeLimit(.minutes(10)))
struct ChoiceTests {
    private func furnish(_ bot: EngineHarness) {
        bot.clusters.set { state in
            state.lists[.images] = NamedList([76: "pytorch 1", 77: "pytorch 2"])
            state.lists[.sshKeys] = NamedList([11: "amy-laptop", 12: "ci", 13: "bob-laptop"])
            state.lists[.securityGroups] = NamedList([3: "jupyter", 4: "default"])
            state.addresses = [9: nil, 10: .some(43)]
        }
    }

    /// Only what the typed words ask for is offered.
    @Test func goesByTheWordBehindTheAction() async throws {
        try await EngineHarness.run { bot async throws in
            furnish(bot)
            #expect(try await bot.say("43 sg remove").contains("[Remove jupyter] [Remove default]"))
            try await bot.say("43 sg add 4", in: .ops)
            try await bot.until(1, is: .succeeded)
            let groups = try await bot.say("43 sg remove")
            #expect(groups.contains("\n[Remove default]\n") && groups.contains("43 sg remove 4"), "\(groups)")
            #expect(try await bot.say("43 sg add").contains("\n[Add jupyter]\n"))
            #expect(try await bot.say("43 keys add").contains("\n[Add bob-laptop]\n"))
            #expect(try await bot.say("43 ip detach").contains("\n[Detach 10]\n"))
            #expect(try await bot.say("43 ip attach").contains("\n[Attach 9]\n"))
        }
    }

    /// An example that would fail is none.
    @Test func showsExamplesThatAreRight() async throws {
        try await EngineHarness.run { bot async throws in
            furnish(bot)
            #expect(try await bot.say("43 ip").hasSuffix("a name: 43 ip attach 9 or 43 ip detach 10"))
            bot.clusters.set { $0.addresses = [9: .some(43)] }
            #expect(try await bot.say("43 ip").hasSuffix("a name: 43 ip detach 9"))
            bot.clusters.alter(43) { $0.image = 77 }
            #expect(try await bot.say("43 image").hasSuffix("a name: 43 image 76"))
            #expect(try await bot.say("43 keys").hasSuffix("a name: 43 ssh-keys add 13 or 43 ssh-keys remove 11"))
        }
    }

    /// What is no slip of a key's name is not offered, and a button says what it does.
    @Test func offersOnlyNearNames() async throws {
        try await EngineHarness.run { bot async throws in
            furnish(bot)
            #expect(try await !bot.say("43 keys add carol-laptop", in: .ops).contains("["))
            #expect(try await bot.say("43 keys add amy-lapotp", in: .ops).hasSuffix("[Add amy-laptop]"))
            #expect(try await bot.changes().isEmpty)
        }
    }

    /// Under what cannot be there is no button that would fail again: it shows what there is.
    @Test func standsUnderWhatNobodyHas() async throws {
        try await EngineHarness.run { bot async throws in
            furnish(bot)
            for (number, line) in ["43 image 99", "43 ip detach 9", "43 ip attach 10", "43 keys add 99"].enumerated() {
                try await bot.say(line, in: .ops)
                try await bot.until(number + 1, isShown: .failed)
                let button = try #require(try await bot.conversation(number + 1).versions.last?.button(.offer))
                #expect(button.label == "Choose another", "\(line)")
            }
            #expect(try await bot.change(3).outcome == "10 is on this cluster already.")
            #expect(bot.clusters.sendings.isEmpty)
            let button = try #require(try await bot.conversation(1).versions.last?.button(.offer))
            try await bot.click("offer", value: button.value, by: .amy)
            try await bot.until("amy is told") { bot.chat.told.contains { $0.text.hasPrefix("Images for 43") } }
            #expect(try await bot.changes().count == 4)
        }
    }
}
