import BotCore
import Logging
import NIOConcurrencyHelpers

/// Ends what waited too long.
struct Expiry: Sendable {
    let context: EngineContext

    private static let pause = Duration.seconds(1)
    /// Platforms repeat deliveries for a day at the most; the signature's window is far shorter.
    private static let rememberDeliveries = Duration.seconds(2 * 86_400)
    private static let forgetEvery = Duration.seconds(60)
    /// So many rows are touched in one transaction at most: webhooks wait behind it.
    private static let portion = 100

    private let nextForgetting = NIOLockedValueBox(Duration.zero)

    init(context: EngineContext) { self.context = context }

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

    /// Ends every change whose time is over, and forgets deliveries that can no longer be repeated.
    func sweep() async throws {
        var due: [Int]
        repeat {
            let now = context.clock.now
            due = try await context.store.read { try $0.expiredChanges(at: now, limit: Self.portion) }
            guard !due.isEmpty else { break }
            try await context.store.write { [due] writer in
                for id in due {
                    guard var change = try writer.change(id), change.isExpired(at: context.clock.now) else { continue }
                    try Self.expire(&change, context.ledger(writer))
                }
            }
            context.ringAll()
        } while due.count == Self.portion
        try await forgetOldDeliveries()
    }

    /// Ends one change whose time is over.
    static func expire(_ change: inout Change, _ ledger: Ledger) throws {
        change.outcome =
            change.state == .ready
            ? "It was agreed to, but could not be sent in time."
            : "Nobody decided in time."
        try ledger.apply(.expired, to: &change, .init(by: .bot))
    }

    /// Now and then, because each look is a commit.
    private func forgetOldDeliveries() async throws {
        let now = context.clock.uptime
        let isDue = nextForgetting.withLockedValue { next in
            guard now >= next else { return false }
            next = now + Self.forgetEvery
            return true
        }
        guard isDue else { return }
        let before = Timestamp(milliseconds: context.clock.now.milliseconds - Self.rememberDeliveries.wholeMilliseconds)
        while try await context.store.write({ try $0.forgetDeliveries(before: before, limit: Self.portion) })
            == Self.portion
        {}
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
