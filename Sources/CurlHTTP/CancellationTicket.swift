import NIOConcurrencyHelpers

/// Settles who tells the thread about a cancellation. Cancelling may come before, while or after the call is put into
/// the inbox, from any thread; whoever comes second sees what the first did and sends the command, so that it neither
/// gets lost nor arrives before the call it means.
final class CancellationTicket: Sendable {
    private let flags = NIOLockedValueBox((enqueued: false, cancelled: false))

    /// Whether the task was cancelled before there was anything to put into the inbox.
    var isCancelled: Bool { flags.withLockedValue { $0.cancelled } }

    /// Says that the call is in the inbox. True: it was cancelled meanwhile, and the caller must send the command.
    func markEnqueued() -> Bool {
        flags.withLockedValue { flags in
            flags.enqueued = true
            return flags.cancelled
        }
    }

    /// Says that the task was cancelled. True: the call is in the inbox already, and the caller must send the command.
    func markCancelled() -> Bool {
        flags.withLockedValue { flags in
            flags.cancelled = true
            return flags.enqueued
        }
    }
}
