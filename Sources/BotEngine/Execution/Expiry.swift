import BotCore
import Logging

/// Ends what waited too long.
struct Expiry: Sendable {
    let context: EngineContext

    private static let pause = Duration.seconds(1)
    /// Platforms repeat deliveries for a day at the most; the signature's window is far shorter.
    private static let rememberDeliveries = Duration.seconds(2 * 86_400)

    func run() async {
        while !context.execution.isClosed, !Task.isCancelled {
            do {
                try await sweep()
            } catch is CancellationError {
                return
            } catch {
                context.logger.error("expiry failed", metadata: ["error": "\(error)"])
            }
            try? await context.clock.sleep(Self.pause)
        }
    }

    /// Ends every change whose time is over.
    func sweep() async throws {
        let now = context.clock.now
        let due = try await context.store.read { reader in
            try reader.changes(in: [.pending, .ready]).filter { $0.isExpired(at: now) }.map(\.id)
        }
        guard !due.isEmpty else { return }
        try await context.store.write { writer in
            for id in due {
                guard var change = try writer.change(id), change.isExpired(at: context.clock.now) else { continue }
                try Self.expire(&change, context.ledger(writer))
            }
        }
        context.ringAll()
    }

    /// Ends one change whose time is over.
    static func expire(_ change: inout Change, _ ledger: Ledger) throws {
        change.outcome =
            change.state == .ready
            ? "It was agreed to, but could not be sent in time."
            : "Nobody decided in time."
        try ledger.apply(.expired, to: &change, .init(by: .bot))
    }

    /// Forgets deliveries that can no longer be repeated.
    func forgetOldDeliveries() async throws {
        let before = Timestamp(milliseconds: context.clock.now.milliseconds - Self.rememberDeliveries.wholeMilliseconds)
        try await context.store.write { try $0.forgetDeliveries(before: before) }
    }
}

extension Change {
    /// Whether its time to be agreed to, or to be sent, is over.
    func isExpired(at now: Timestamp) -> Bool {
        switch state {
        case .pending: expiresAt.map { now >= $0 } ?? false
        case .ready: validUntil.map { now >= $0 } ?? false
        default: false
        }
    }
}
