import BotCore
import CrashPoints
import Logging
import NIOConcurrencyHelpers

/// A delivery could not be made durable before its sender stopped waiting. It counts as not received.
package struct TooLate: Error {}

extension Intake {
    /// The part of the sender's patience that is kept for the commit: a transaction that has not run by then does not run.
    private static let keptForCommit = Duration.milliseconds(500)

    /// Between two tries to withdraw what the store did not take.
    private static let pauseBeforeWithdrawingAgain = Duration.seconds(1)

    /// Runs a transaction that must be durable before a deadline, because its sender is then told that it is not.
    ///
    /// - Parameters:
    ///   - isWithdrawable: whether a change that was opened all the same, after the deadline, can be refused; nothing is done
    ///     about it before that is decided. Not so people's decisions: once begun, their sender waits for what comes of it
    ///     rather than being told something that may turn out false.
    ///   - wake: rings for the workers that have something to do then.
    func inTime(
        _ deadline: Duration,
        isWithdrawable: Bool,
        wake: @escaping @Sendable () -> Void,
        _ body: @escaping @Sendable (any StoreWriter) throws -> StoredAnswer
    ) async throws -> StoredAnswer {
        let context = context
        return try await withCheckedThrowingContinuation { continuation in
            let answer = FirstAnswer(continuation, mayGiveUpOnceBegun: isWithdrawable)
            context.deadlines.watch(answer, until: deadline, clock: context.clock)
            let held = context.unanswered.hold()
            underWay.begin()
            context.store.write { writer in
                guard context.clock.uptime < deadline - Self.keptForCommit else { throw TooLate() }
                answer.begin()
                let result = try body(writer)
                if isWithdrawable, let opened = result.opened { held.keep(opened) }
                return result
            } answer: { outcome in
                if case .success = outcome { CrashPoint.deliveryCommitted.pass() }
                if !answer.give(outcome), isWithdrawable, let opened = (try? outcome.get())?.opened {
                    Task {
                        await withdraw(opened)
                        held.release()
                        underWay.end()
                        wake()
                    }
                } else {
                    held.release()
                    underWay.end()
                    wake()
                }
            }
        }
    }

    /// Refuses a change whose sender was told that it was not stored. Tries until the store takes it (a full disk). Only a
    /// process that dies before that leaves a change that its sender believes not to be there.
    private func withdraw(_ id: Int) async {
        while true {
            do {
                return try await context.store.write { [context] writer in
                    guard var change = try writer.change(id), change.state.after(.refused) != nil else { return }
                    change.outcome = Self.withdrawn
                    try context.ledger(writer).apply(.refused, to: &change, .init(by: .bot))
                }
            } catch {
                context.logger.error(
                    "late delivery not withdrawn yet",
                    metadata: ["change": "\(id)", "error": "\(error)"]
                )
            }
            do {
                guard !context.execution.isClosed else { return }
                try await context.clock.sleep(Self.pauseBeforeWithdrawingAgain)
            } catch {
                return
            }
        }
    }

    private static let withdrawn = "It could not be stored in time, and its sender was told so. Nothing was sent."

    /// What a repeated delivery is answered: the same as the first, unless that one was taken back.
    func again(_ earlier: StoredAnswer, _ writer: any StoreWriter) throws -> StoredAnswer {
        guard let id = earlier.opened, let change = try writer.change(id), change.outcome == Self.withdrawn else {
            return earlier.repeated
        }
        return StoredAnswer(change.refusedSentence)
    }
}

extension Change {
    /// For whoever asked for a change that is refused.
    var refusedSentence: String { "#\(id) \(title) – refused. \(outcome ?? "") \(recorded?.short ?? "")" }
}

/// Changes that are stored and whose senders do not know yet what they will be told. Until they do, nothing is done about them.
final class Unanswered: Sendable {
    /// One sender's hold. Released once.
    struct Hold: Sendable {
        fileprivate let all: Unanswered
        fileprivate let change = NIOLockedValueBox<Int?>(nil)

        func keep(_ id: Int) {
            change.withLockedValue { $0 = id }
            all.count(id, 1)
        }

        func release() { if let id = change.withLockedValue(\.self) { all.count(id, -1) } }
    }

    /// A number whose commit failed is given again, so two may hold it for a moment.
    private let holds = NIOLockedValueBox<[Int: Int]>([:])

    func hold() -> Hold { Hold(all: self) }

    func contains(_ id: Int) -> Bool { holds.withLockedValue { $0[id] != nil } }

    private func count(_ id: Int, _ difference: Int) {
        holds.withLockedValue { holds in
            let count = (holds[id] ?? 0) + difference
            holds[id] = count > 0 ? count : nil
        }
    }
}

/// Resumes a continuation with the first answer and ignores all others.
private final class FirstAnswer<Result: Sendable>: Deadlines.Waiting {
    private struct State {
        var waiting: CheckedContinuation<Result, any Error>?
        var hasBegun = false
    }

    private let state: NIOLockedValueBox<State>
    private let mayGiveUpOnceBegun: Bool

    init(_ continuation: CheckedContinuation<Result, any Error>, mayGiveUpOnceBegun: Bool) {
        self.mayGiveUpOnceBegun = mayGiveUpOnceBegun
        state = NIOLockedValueBox(State(waiting: continuation))
    }

    /// Marks that the answer is being made.
    func begin() { state.withLockedValue { $0.hasBegun = true } }

    var isOver: Bool { state.withLockedValue { $0.waiting == nil } }

    /// Answers that it is too late, unless the real answer is being made and must be waited for.
    func giveUp() {
        take { mayGiveUpOnceBegun || !$0.hasBegun }?.resume(throwing: TooLate())
    }

    /// Whether this answer was the first.
    @discardableResult
    func give(_ answer: Swift.Result<Result, any Error>) -> Bool {
        let continuation = take { _ in true }
        continuation?.resume(with: answer)
        return continuation != nil
    }

    private func take(if isMine: (State) -> Bool) -> CheckedContinuation<Result, any Error>? {
        state.withLockedValue { state in
            guard isMine(state) else { return nil }
            defer { state.waiting = nil }
            return state.waiting
        }
    }
}
