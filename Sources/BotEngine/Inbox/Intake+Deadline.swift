import BotCore
import CrashPoints
import Logging
import NIOConcurrencyHelpers

/// A delivery could not be made durable before its sender stopped waiting. It counts as not received.
package struct TooLate: Error {}

extension Intake {
    /// The part of the sender's patience that is kept for the commit: a transaction that has not run by then does not run.
    private static let keptForCommit = Duration.milliseconds(500)

    /// Undoes what a transaction did.
    typealias TakeBack<Result> = @Sendable (Result, any StoreWriter) throws -> Void

    /// Runs a transaction that must be durable before a deadline, because its sender is then told that it is not.
    ///
    /// - Parameter takeBack: undoes what was committed all the same, after the deadline, before any worker is woken for it.
    ///   Nil for what cannot be undone (people's decisions): once begun, its sender waits for what comes of it rather than
    ///   being told something that may turn out false.
    func inTime<Result: Sendable>(
        _ deadline: Duration,
        takeBack: TakeBack<Result>? = nil,
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result
    ) async throws -> Result {
        let context = context
        return try await withCheckedThrowingContinuation { continuation in
            let answer = FirstAnswer(continuation)
            let timer = Task {
                try await context.clock.sleep(deadline - context.clock.uptime)
                answer.giveUp(TooLate(), evenIfBegun: takeBack != nil)
            }
            Task {
                do {
                    let result = try await context.store.write { writer in
                        guard context.clock.uptime < deadline - Self.keptForCommit else { throw TooLate() }
                        answer.begin()
                        return try body(writer)
                    }
                    CrashPoint.deliveryCommitted.pass()
                    if answer.give(.success(result)) {
                        context.ringAll()
                    } else if let takeBack {
                        try await context.store.write { try takeBack(result, $0) }
                    }
                } catch {
                    if !answer.give(.failure(error)), !(error is TooLate) {
                        context.logger.error("late delivery not taken back", metadata: ["error": "\(error)"])
                    }
                }
                timer.cancel()
            }
        }
    }

    /// Refuses a change whose sender was told that it was not stored.
    var takeBack: TakeBack<StoredAnswer> {
        { [context] answer, writer in
            guard let id = answer.opened, var change = try writer.change(id), change.state.after(.refused) != nil else {
                return
            }
            change.outcome = Self.withdrawn
            try context.ledger(writer).apply(.refused, to: &change, .init(by: .bot))
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

/// Resumes a continuation with the first answer and ignores all others.
private final class FirstAnswer<Result: Sendable>: Sendable {
    private struct State {
        var waiting: CheckedContinuation<Result, any Error>?
        var hasBegun = false
    }

    private let state: NIOLockedValueBox<State>

    init(_ continuation: CheckedContinuation<Result, any Error>) {
        state = NIOLockedValueBox(State(waiting: continuation))
    }

    /// Marks that the answer is being made.
    func begin() { state.withLockedValue { $0.hasBegun = true } }

    /// Answers with a failure, unless the real answer is being made and must be waited for.
    func giveUp(_ failure: any Error, evenIfBegun: Bool) {
        take { evenIfBegun || !$0.hasBegun }?.resume(throwing: failure)
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
