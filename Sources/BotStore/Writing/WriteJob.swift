import BotCore

/// One caller's transaction on its way to the writer.
struct WriteJob: Sendable {
    /// Runs the caller's closure. Returns a closure that gives the caller its result, to be called after the commit.
    let run: @Sendable (any StoreWriter) throws -> @Sendable () -> Void
    /// Tells the caller that nothing was stored.
    let fail: @Sendable (any Error) -> Void

    init<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result,
        answer: @escaping @Sendable (Swift.Result<Result, any Error>) -> Void
    ) {
        run = { writer in
            let result = try body(writer)
            return { answer(.success(result)) }
        }
        fail = { answer(.failure($0)) }
    }
}
