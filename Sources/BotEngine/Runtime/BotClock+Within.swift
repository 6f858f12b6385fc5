import BotCore

extension BotClock {
    /// Does something for a time at most. What it does must end when its task is cancelled.
    /// - Returns: nil if it took longer.
    func within<Value: Sendable>(
        _ limit: Duration,
        _ body: @escaping @Sendable () async -> Value
    ) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await body() }
            group.addTask {
                try? await sleep(max(limit, .zero))
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}
