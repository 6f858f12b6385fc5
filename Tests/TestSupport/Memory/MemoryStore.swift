import BotCore
import NIOConcurrencyHelpers

/// A store in memory, without faults: what the simulation puts its faults on. It passes the same suite as every store.
package final class MemoryStore: BotStore {
    private let state = NIOLockedValueBox(MemoryState())

    package init() {}

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws -> Result
    ) async throws -> Result {
        let (result, effects) = try state.withLockedValue { state in
            let writer = MemoryWriter(state, salt: Self.salt)
            let result = try body(writer)
            state = writer.state
            return (result, writer.effects)
        }
        for effect in effects { effect() }
        return result
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        try body(MemoryReader(state.withLockedValue(\.self)))
    }

    package var isOwned: Bool { true }

    private static func salt() -> String {
        let digits = (0..<32).map { _ in String(UInt8.random(in: 0..<16), radix: 16) }
        return digits.joined()
    }
}
