import BotCore
import Logging
import NIOConcurrencyHelpers

/// A delivery could not be made durable before its sender stopped waiting. It counts as not received.
package struct TooLate: Error {}

extension Intake {
    /// The part of the sender's patience that is kept for the commit: a transaction that has not run by then does not run.
    private static let keptForCommit = Duration.milliseconds(500)

    /// Runs a transaction that must be durable before a deadline, because its sender is then told that it is not.
    ///
    /// - Parameter takeBack: undoes what was committed all the same, after the deadline, before any worker is woken for it.
    func inTime<Result: Sendable>(
        _ deadline: Duration,
        takeBack: @escaping @Sendable (Result, any StoreWriter) throws -> Void = { _, _ in },
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result
    ) async throws -> Result {
        let context = context
        return try await withCheckedThrowingContinuation { continuation in
            let answer = FirstAnswer(continuation)
            let timer = Task {
                try await context.clock.sleep(deadline - context.clock.uptime)
                answer.give(.failure(TooLate()))
            }
            Task {
                do {
                    let result = try await context.store.write { writer in
                        guard context.clock.uptime < deadline - Self.keptForCommit else { throw TooLate() }
                        return try body(writer)
                    }
                    if answer.give(.success(result)) {
                        context.ringAll()
                    } else {
                        try await context.store.write { try takeBack(result, $0) }
                    }
                } catch {
                    if !answer.give(.failure(error)) {
                        context.logger.error("late delivery not taken back", metadata: ["error": "\(error)"])
                    }
                }
                timer.cancel()
            }
        }
    }

    /// Refuses a change whose sender was told that it was not stored.
    func refuseLate(_ id: Int, _ writer: any StoreWriter) throws {
        guard var change = try writer.change(id), change.state.after(.refused) != nil else { return }
        change.outcome = "It could not be stored in time, and its sender was told so. Nothing was sent."
        try context.ledger(writer).apply(.refused, to: &change, .init(by: .bot))
    }
}

/// Resumes a continuation with the first answer and ignores all others.
private final class FirstAnswer<Result: Sendable>: Sendable {
    private let waiting: NIOLockedValueBox<CheckedContinuation<Result, any Error>?>

    init(_ continuation: CheckedContinuation<Result, any Error>) { waiting = NIOLockedValueBox(continuation) }

    /// Whether this answer was the first.
    @discardableResult
    func give(_ answer: Swift.Result<Result, any Error>) -> Bool {
        let continuation = waiting.withLockedValue { waiting in
            defer { waiting = nil }
            return waiting
        }
        continuation?.resume(with: answer)
        return continuation != nil
    }
}
