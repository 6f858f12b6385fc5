import BotCore
import Dispatch
import Foundation
import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import BotEngine

/// Whoever waited too long is told that nothing was stored, and that must be true.
@Suite("A delivery that cannot be stored in time", .timeLimit(.minutes(20)))
struct DeadlineTests {
    /// Waits until the store has finished the write that a gate held.
    private func opened(_ gate: Gate, _ bot: EngineHarness) async throws {
        let before = bot.happenings.state
        gate.open()
        try await bot.happenings.wait(for: "the held write") { $0 > before }
    }

    @Test func isWithdrawnWhenTheStoreIsBusyForTooLong() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            let gate = bot.store.holdNextWrite()
            let answer = Task { try await bot.type("43 scale 4", key: "delivery 1") }
            try await gate.reached()
            bot.clock.advance(by: .milliseconds(2500))
            await #expect(throws: TooLate.self) { try await answer.value }
            try await opened(gate, bot)
            #expect(try await bot.changes().isEmpty)
            #expect(try await bot.history().isEmpty)
            // It counts as not received: the next try is the first.
            #expect(try await bot.type("43 scale 4", key: "delivery 1").text.hasPrefix("#1 +4"))
        }
    }

    @Test func isNotBegunWithoutTimeToCommit() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            await #expect(throws: TooLate.self) { try await bot.type("43 scale 4", patience: .milliseconds(500)) }
            #expect(try await bot.changes().isEmpty)
            try await bot.type("43 scale 4", patience: .milliseconds(501))
            #expect(try await bot.changes().count == 1)
        }
    }

    @Test func isRefusedWhenTheCommitCameTooLate() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            let gate = bot.store.holdNextCommit()
            let answer = Task { try await bot.type("43 scale 4", key: "delivery 1") }
            try await gate.reached()
            bot.clock.advance(by: .milliseconds(2500))
            await #expect(throws: TooLate.self) { try await answer.value }
            gate.open()
            try await bot.until(1, is: .refused)
            let change = try await bot.change(1)
            #expect(change.outcome == "It could not be stored in time, and its sender was told so. Nothing was sent.")
            // Whoever repeats it is not told that it goes on.
            let again = try await bot.type("43 scale 4", key: "delivery 1")
            #expect(
                again.text == "#1 +4 nodes on dev-train – refused. It could not be stored in time,"
                    + " and its sender was told so. Nothing was sent."
            )
            #expect(again.isPrivate)
            bot.start()
            try await bot.goRound()
            #expect(bot.sendings(1).isEmpty)
        }
    }

    /// A repeated delivery must not take back what the first one opened.
    @Test func doesNotTakeBackWhatAnEarlierOneOpened() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            try await bot.type("43 scale 4", key: "delivery 1")
            let gate = bot.store.holdNextCommit()
            let answer = Task { try await bot.type("43 scale 4", key: "delivery 1") }
            try await gate.reached()
            bot.clock.advance(by: .milliseconds(2500))
            await #expect(throws: TooLate.self) { try await answer.value }
            try await opened(gate, bot)
            try await bot.type("44 scale 4")
            #expect(try await bot.change(1).state == .preparing)
        }
    }

    /// Nobody can take a decision back, so nobody is told that it was not stored when it may be.
    @Test func isNotKnownWhenItIsADecisionThatHasBegun() async throws {
        try await EngineHarness.run { bot async throws in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.stop()
            let gate = bot.store.holdNextCommit()
            let answer = Task { try await bot.type("approve 1", by: .bob) }
            try await gate.reached()
            bot.clock.advance(by: .milliseconds(2500))
            let error = await #expect(throws: StoreError.self) { try await answer.value }
            #expect(error?.code == .outcomeUnknown)
            try await opened(gate, bot)
            #expect(try await bot.change(1).state == .ready)
        }
    }

    /// Whoever was told that it was not stored types it again before it is taken back.
    @Test(arguments: [true, false])
    func doesNotStandInTheWayOfTheNextTry(_ isRepeated: Bool) async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            let gate = bot.store.holdNextCommit()
            let answer = Task { try await bot.type("42 scale 4", key: "delivery 1") }
            try await gate.reached()
            bot.clock.advance(by: .milliseconds(2500))
            await #expect(throws: TooLate.self) { try await answer.value }
            let next = try await bot.type("42 scale 4", key: isRepeated ? "delivery 1" : "delivery 2")
            #expect(next.text.hasPrefix(isRepeated ? "#1 +4 nodes on prod-train – refused." : "#2 +4"))
            gate.open()
            try await bot.until(1, is: .refused)
            #expect(try await bot.states() == (isRepeated ? [.refused] : [.refused, .preparing]))
        }
    }

    /// Two came in one batch: the second was told that the first's goes on, so it does.
    @Test func isNotTakenBackOnceAnotherWasToldOfIt() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            let gate = bot.store.holdNextCommit()
            let answer = Task { try await bot.type("42 scale 4", key: "delivery 1") }
            try await gate.reached()
            let second = try await bot.type("42 scale 4", key: "delivery 2")
            #expect(second.text.hasPrefix("You asked for this already: #1"))
            bot.clock.advance(by: .milliseconds(2500))
            await #expect(throws: TooLate.self) { try await answer.value }
            gate.open()
            await bot.intakeIsDone()
            #expect(try await bot.change(1).state == .preparing)
        }
    }

    @Test func isWithdrawnWhenItIsADecisionThatHasNotBegun() async throws {
        try await EngineHarness.run { bot async throws in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.stop()
            let gate = bot.store.holdNextWrite()
            let answer = Task { try await bot.type("approve 1", by: .bob) }
            try await gate.reached()
            bot.clock.advance(by: .milliseconds(2500))
            await #expect(throws: TooLate.self) { try await answer.value }
            try await opened(gate, bot)
            #expect(try await bot.approvals(1).isEmpty)
        }
    }

    /// The process stands still between looking at the clock and beginning.
    @Test func isNotBegunAfterItsSenderWasToldThatItIsNotStored() async throws {
        try await EngineHarness.run { bot async throws in
            try await bot.say("42 scale 4")
            try await bot.until(1, isShown: .pending)
            try await bot.stop()
            let gate = bot.store.holdNextWrite()
            let answer = Task { try await bot.type("approve 1", by: .bob) }
            try await gate.reached()
            let isAnswered = DispatchSemaphore(value: 0)
            Task {
                _ = await answer.result
                isAnswered.signal()
            }
            bot.clock.afterNextReading { [clock = bot.clock] in
                clock.advance(by: .milliseconds(2500))
                _ = isAnswered.wait(timeout: .now() + 20)
            }
            try await opened(gate, bot)
            await #expect(throws: TooLate.self) { try await answer.value }
            #expect(try await bot.approvals(1).isEmpty)
        }
    }

    /// Whoever finds that it was answered already finds, too, that it is to be taken back.
    @Test func isDeniedBeforeAnybodyCanFindThatItWasAnswered() async throws {
        let isDenied = NIOLockedValueBox(false)
        let (asks, hasAsked) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let first = FirstAnswer<Int>({ _ in }, mayGiveUpOnceBegun: true) {
            asks.signal()
            // Not before this is over; the other one then has to wait.
            _ = hasAsked.wait(timeout: .now() + .milliseconds(200))
            isDenied.withLockedValue { $0 = true }
        }
        let other = Thread {
            asks.wait()
            let isGiven = first.give(.success(1))
            #expect(!isGiven && isDenied.withLockedValue(\.self))
            hasAsked.signal()
        }
        other.start()
        first.giveUp()
        while !other.isFinished { await Task.yield() }
    }

    @Test func isAnsweredAlsoWhenItIsAQuestion() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            let gate = bot.store.holdNextRead()
            let answer = Task { try await bot.type("history") }
            try await gate.reached()
            bot.clock.advance(by: .milliseconds(2500))
            await #expect(throws: TooLate.self) { try await answer.value }
            gate.open()
        }
    }

    @Test func isToldTheStoresOwnFailure() async throws {
        try await EngineHarness.run(isRunning: false) { bot async throws in
            let full = StoreError(.cannotWrite, "The store's disk is full.")
            bot.store.failNextWrites(1, full)
            await #expect(throws: full) { try await bot.type("43 scale 4") }
            #expect(try await bot.changes().isEmpty)
        }
    }

    /// What was undone is run again, with other numbers.
    @Test func holdsOnlyTheChangeOfItsLastRun() {
        let unanswered = Unanswered()
        let (first, second, third) = (unanswered.hold(), unanswered.hold(), unanswered.hold())
        first.opened(7)
        second.opened(8)
        third.opened(9)
        first.release()
        first.opened(8)
        second.release()
        second.opened(7)
        third.release()
        first.deny()
        third.promise()
        #expect(unanswered.isToBeWithdrawn(8) && !unanswered.isToBeWithdrawn(7))
        #expect(!unanswered.contains(9))
        second.release()
        #expect(unanswered.contains(8) && !unanswered.contains(7))
        first.release()
        #expect(!unanswered.contains(8))
    }
}
