import BotCore
import BotStore
import Testing

@testable import BotEngine

@Suite("An offer", .timeLimit(.minutes(20)))
struct OfferTests {
    /// Returns the handle of the only offer in an answer.
    private func handle(_ reply: Reply) throws -> String {
        try #require(reply.message?.button(.offer)).value
    }

    @Test func isACommandThatIsGivenByAClick() async throws {
        try await EngineHarness.run { bot in
            let reply = try await bot.type("43 sclae 4", in: .ops)
            #expect(reply.text.hasSuffix("Did you mean /cluster 43 scale 4?\n[43 scale 4]"), "\(reply.text)")
            // The line is read from the store: the button does not hold it.
            let handle = try handle(reply)
            #expect(handle.utf8.count == 32 && !handle.contains(" "))
            try await bot.click("offer", value: handle, by: .amy)
            try await bot.until(1, is: .succeeded)
            #expect(bot.sendings(1).map(\.body) == [#"{"action":"scale_cluster","additional_nodes":4}"#])
            try await bot.until("amy is told") { bot.chat.told.count == 1 }
            #expect(bot.chat.told[0].text == "#1 +4 nodes on dev-train – I am on it.")
            #expect(try await bot.change(1).channel == .ops)
        }
    }

    @Test func isTakenOnceHoweverOftenItIsClicked() async throws {
        try await EngineHarness.run { bot in
            let handle = try handle(try await bot.type("43 sclae 4", in: .ops))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await bot.click("offer", value: handle, by: .amy, key: "click \(number)", pause: .zero)
                    }
                }
                try await group.waitForAll()
            }
            try await bot.until(1, is: .succeeded)
            bot.clock.advance(by: .seconds(600))
            try await bot.click("offer", value: handle, by: .amy)
            try await bot.until("amy is told") {
                bot.chat.told.last?.text
                    == "That offer is taken: #1 +4 nodes on dev-train, 8 → 12, asked by amy, is done."
            }
            #expect(try await bot.changes().count == 1)
        }
    }

    @Test func isForOneAccountAndForFiveMinutes() async throws {
        try await EngineHarness.run { bot in
            let handle = try handle(try await bot.type("43 sclae 4", in: .ops))
            try await bot.click("offer", value: handle, by: .bob)
            try await bot.until("bob is told") { bot.chat.told.count == 1 }
            #expect(
                bot.chat.told[0].text
                    == "That was offered to somebody else. Type it yourself: /cluster 43 scale 4"
            )
            // An account that nobody lists is told nothing of it.
            try await bot.click("offer", value: handle, by: .zoe)
            try await bot.until("zoe is told") { bot.chat.told.count == 2 }
            #expect(!bot.chat.told[1].text.contains("43"))
            bot.clock.advance(by: .seconds(300))
            try await bot.click("offer", value: handle, by: .amy)
            try await bot.until("amy is told") { bot.chat.told.count == 3 }
            #expect(bot.chat.told[2].text == "That offer is old: type it again: /cluster 43 scale 4")
            for forged in ["43 scale 4", "", String(repeating: "a", count: 32)] {
                try await bot.click("offer", value: forged, by: .amy)
            }
            try await bot.until("amy is told") { bot.chat.told.count == 6 }
            #expect(bot.chat.told[3...].allSatisfy { $0.text == "That offer is old: type it again." })
            #expect(try await bot.changes().isEmpty)
        }
    }

    @Test func goesThroughTheSameChecksAsATypedLine() async throws {
        try await EngineHarness.run { bot in
            let reply = try await bot.type("42 scale 17", in: .ops)
            #expect(reply.text.hasSuffix("[Ask for 16]"), "\(reply.text)")
            try await bot.click("offer", value: try handle(reply), by: .amy)
            try await bot.until(2, isShown: .pending)
            #expect(try await bot.change(2).arguments == ["additional_nodes": .int(16)])
            // In a direct message nothing is asked for, by a button either.
            let direct = try await bot.type("43 sclae 4", in: .direct, isDirect: true)
            try await bot.click("offer", value: try handle(direct), by: .amy, in: .direct)
            try await bot.until("amy is told") {
                bot.chat.told.contains { $0.text.hasPrefix("In a direct message I only answer questions") }
            }
            #expect(try await bot.changes().count == 2)
        }
    }

    @Test func toAskAgainStandsUnderWhatExpired() async throws {
        try await EngineHarness.run { bot in
            try await bot.say("42 scale 4 --reason \"more room\"", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.clock.advance(by: .seconds(3600))
            try await bot.until(1, isShown: .expired)
            let button = try #require(try await bot.conversation(1).versions.last?.button(.offer))
            #expect(button.label == "Ask again")
            // Whoever may not ask for it does not use it up.
            try await bot.click("offer", value: button.value, by: .eve)
            try await bot.until(2, is: .refused)
            try await bot.click("offer", value: button.value, by: .bob)
            try await bot.until(3, isShown: .pending)
            let again = try await bot.change(3)
            #expect(again.requester.person == "bob" && again.arguments == ["additional_nodes": .int(4)])
            #expect(again.reason == "amy (#1): “more room”")
            try await bot.click("offer", value: button.value, by: .amy)
            try await bot.until("amy is told") {
                bot.chat.told.contains {
                    $0.account == Person.amy.account && $0.text.contains("That offer is taken: #3 ")
                }
            }
            #expect(try await bot.changes().count == 3)
        }
    }

    @Test func toTryAgainStandsUnderWhatWasNotSent() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.set { $0.readProblems[43] = "The API does not answer." }
            try await bot.say("43 scale 4", in: .ops)
            try await bot.until(1, isShown: .failed)
            let button = try #require(try await bot.conversation(1).versions.last?.button(.offer))
            #expect(button.label == "Try again")
            bot.clusters.set { $0.readProblems[43] = nil }
            try await bot.click("offer", value: button.value, by: .amy)
            try await bot.until(2, is: .succeeded)
            // What the API refused, and what may have been done, is not asked again by a click.
            bot.clusters.willAnswer(.refuse("The API says: quota exceeded."), on: 43)
            try await bot.say("43 scale 5", in: .ops)
            try await bot.until(3, isShown: .failed)
            #expect(try await bot.conversation(3).versions.last?.button(.offer) == nil)
        }
    }

    /// Whatever keeps offers from being stored, the answer comes, with the line to type.
    @Test func isLeftOutWhereItCannotBeStoredOrClicked() async throws {
        try await EngineHarness.run { bot in
            bot.chat.have { $0.buttons = false }
            let reply = try await bot.type("43 sclae 4", in: .ops)
            #expect(reply.text.hasSuffix("Did you mean /cluster 43 scale 4?"), "\(reply.text)")
        }
    }

    @Test func whatHasToBeChosenIsOffered() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.set { state in
                state.lists[.images] = NamedList([76: "pytorch 1", 77: "pytorch 2"])
                state.lists[.sshKeys] = NamedList([11: "amy-laptop", 12: "ci", 13: "bob-laptop"])
                state.lists[.securityGroups] = NamedList([3: "jupyter", 4: "default"])
                state.addresses = [9: nil, 10: .some(43)]
            }
            let images = try await bot.type("43 image", in: .ops)
            #expect(
                images.text == """
                    Images for 43 dev-train
                    ● pytorch 1 (76) – on dev-train now
                    ○ pytorch 2 (77)
                    [pytorch 2]
                    Or type, with a number or a name: 43 image 77
                    """
            )
            try await bot.click("offer", value: try handle(images), by: .amy)
            try await bot.until(1, is: .succeeded)
            let keys = try await bot.say("43 keys")
            #expect(keys.contains("[Add bob-laptop] [Remove amy-laptop] [Remove ci]"), "\(keys)")
            let groups = try await bot.say("43 sg")
            #expect(groups.contains("[Add jupyter] [Add default]"), "\(groups)")
            let addresses = try await bot.say("43 ip")
            #expect(addresses.contains("[Attach 9] [Detach 10]"), "\(addresses)")
            #expect(
                try await bot.say("43 restart") == """
                    Restart what? Did you mean /cluster 43 restart workers or /cluster 43 restart cluster?
                    [Workers: jobs stop, the controller stays up] [Whole cluster]
                    """
            )
            #expect(try await bot.say("43").contains("[Status] [History]"))
            // Who may not ask for it is offered nothing.
            #expect(try await !bot.say("43 image", by: .eve).contains("["))
        }
    }

    @Test func namesStandForNumbersAndWrongOnesAreNoRequest() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.set { state in
                state.lists[.images] = NamedList([76: "pytorch", 77: "Slurm-v2", 78: "twice", 79: "twice"])
            }
            #expect(
                try await bot.say("43 image slurm-v3")
                    == "There is no image version slurm-v3 here. There are: pytorch (76), Slurm-v2 (77), twice (78), twice (79)."
                    + " Did you mean /cluster 43 image 77?\n[Slurm-v2]"
            )
            #expect(try await bot.changes().isEmpty)
            try await bot.say("43 image slurm-V2")
            try await bot.until(1, is: .succeeded)
            #expect(bot.sendings(1).map(\.body) == [#"{"action":"update_image","image_version_id":77}"#])
            try await bot.say("43 image 99")
            try await bot.until(2, is: .failed)
            #expect(
                try await bot.change(2).outcome
                    == "The project has no image version 99. It has: pytorch (76), Slurm-v2 (77), twice (78), twice (79)."
            )
            #expect(
                try await bot.say("43 image twice")
                    == "Several of the images are called twice: 78 and 79. Use the number."
            )
            // An address that is somewhere else cannot be detached here.
            bot.clusters.set { $0.addresses = [9: .some(44)] }
            try await bot.say("43 ip detach 9")
            try await bot.until(3, is: .failed)
            #expect(try await bot.change(3).outcome == "9 is not on this cluster: it is attached to service 44.")
            #expect(bot.clusters.sendings.count == 1)
        }
    }

    /// What was refused to one does not take it from the others, nor from the same person for later.
    @Test func isNotUsedUpByARefusal() async throws {
        try await EngineHarness.run(.withClosing) { bot in
            try await bot.say("43 lock \"mine\"", by: .bob)
            let handle = try handle(try await bot.type("43 sclae 4", in: .ops))
            try await bot.click("offer", value: handle, by: .amy)
            try await bot.until(1, is: .refused)
            try await bot.say("43 unlock", by: .bob)
            try await bot.click("offer", value: handle, by: .amy)
            try await bot.until(2, is: .succeeded)
        }
    }

    /// A list that lacks what the cluster has is somebody else's: its names mean nothing here.
    @Test func namesAreNotTakenFromAnotherList() async throws {
        try await EngineHarness.run { bot in
            bot.clusters.set { $0.lists[.images] = NamedList([7: "pytorch"]) }
            try await bot.say("43 image pytorch")
            try await bot.until(1, is: .failed)
            #expect(try await bot.change(1).outcome?.contains("is not this cluster's. Use its number instead.") == true)
            try await bot.say("43 image 99")
            try await bot.until(2, isShown: .succeeded)
            #expect(
                try await bot.conversation(2).text.contains(
                    "⚠️ Not checked: the list of images could not be read, or is not this cluster's."
                )
            )
        }
    }

    /// Whoever may not ask for a change learns nothing of what there is.
    @Test func namesTellNothingToWhoeverMayNotAsk() async throws {
        try await EngineHarness.run { bot async throws in
            bot.clusters.set { $0.lists[.sshKeys] = NamedList([11: "amy-laptop", 12: "ci"]) }
            for person in [Person.eve, .zoe] {
                let answer = try await bot.say("43 ssh-keys add nobody", by: person)
                #expect(!answer.contains("amy-laptop"), "\(answer)")
            }
            #expect(bot.clusters.now.reads[43] == nil)
        }
    }

    /// Buttons in a list are for what was shown, for whoever can use them, and not in a direct message.
    @Test func inPendingAreOnlyButtonsThatCount() async throws {
        try await EngineHarness.run { bot in
            bot.chat.fail(.ops, .cannotPostHere("Invite me."))
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, is: .pending)
            #expect(try await !bot.say("pending", by: .bob).contains("["))
            try await bot.say("42 scale 5")
            try await bot.until(2, isShown: .pending)
            #expect(try await bot.say("pending", by: .bob).contains("[Approve] [Deny]"))
            #expect(try await !bot.say("pending", by: .bob).contains("[Withdraw]"))
            #expect(try await !bot.type("pending", by: .bob, in: .direct, isDirect: true).text.contains("["))
        }
    }

    @Test func leafsThroughTheHistory() async throws {
        try await EngineHarness.run { bot in
            for number in 1...5 {
                try await bot.say("43 sg add \(number)")
                try await bot.until(number, is: .succeeded)
            }
            let first = try await bot.type("43 history 2")
            #expect(
                first.text.contains("#5") && first.text.contains("#4") && !first.text.contains("#3"),
                "\(first.text)"
            )
            let page = try #require(first.message?.button(.page))
            #expect(page.label == "Older")
            try await bot.click("page", value: page.value, by: .amy)
            try await bot.until("amy is told") { bot.chat.told.count == 1 }
            #expect(
                bot.chat.told[0].text.contains("#3") && bot.chat.told[0].text.contains("#2"),
                "\(bot.chat.told[0].text)"
            )
            // A page may be looked at again.
            try await bot.click("page", value: page.value, by: .amy)
            try await bot.until("amy is told") { bot.chat.told.count == 2 }
            #expect(bot.chat.told[1].text == bot.chat.told[0].text)
            let last = try await bot.type("43 history 2 before 2")
            #expect(last.text.contains("#1") && last.message?.button(.page) == nil, "\(last.text)")
            let mine = try #require(try await bot.type("history 3 by amy").message?.button(.page))
            #expect(try await bot.file.read { try $0.offer(mine.value) }?.line == "history 3 lines by amy before 3")
        }
    }

    /// Also what is no change is done once.
    @Test func toFreezeIsTakenOnce() async throws {
        try await EngineHarness.run(.withClosing) { bot in
            let handle = try handle(try await bot.type("freeze \"demo\" 42 ?", by: .bob, in: .ops))
            try await bot.click("offer", value: handle, by: .bob)
            try await bot.click("offer", value: handle, by: .bob)
            #expect(try await bot.file.read { try $0.freezes() }.map(\.name) == ["F1"])
        }
    }

    /// Whoever may not see the change hears of no offer under it.
    @Test func toAskAgainIsNothingForWhoeverMayNotSeeTheChange() async throws {
        var rules = TestRules()
        rules.rules.append(
            Rule(
                name: "secret",
                effect: .forbid,
                rights: [Right.read],
                who: [.person("cat")],
                clusters: .init(ids: [42])
            )
        )
        try await EngineHarness.run(rules) { bot in
            try await bot.say("42 scale 4", in: .ops)
            try await bot.until(1, isShown: .pending)
            bot.clock.advance(by: .seconds(3600))
            try await bot.until(1, isShown: .expired)
            let button = try #require(try await bot.conversation(1).versions.last?.button(.offer))
            try await bot.click("offer", value: button.value, by: .cat)
            try await bot.until("cat is told") {
                bot.chat.told.contains {
                    $0.account == Person.cat.account && $0.text == "That offer is old: type it again."
                }
            }
            #expect(try await bot.changes().count == 1)
        }
    }
}
