import NIOConcurrencyHelpers

/// One call of `execute` as it is handed to the thread.
struct Call: Sendable {
    let id: UInt64
    let request: CurlRequest
    /// Fixed when `execute` was called, so that waiting in any queue counts.
    let deadline: ContinuousClock.Instant
    /// Resumed exactly once, with no lock held.
    let continuation: CheckedContinuation<Result<CurlResponse, TransportError>, Never>

    func finish(_ result: Result<CurlResponse, TransportError>) {
        continuation.resume(returning: result)
    }
}

/// Settles who tells the thread about a cancellation. Cancelling may come before, while or after the call is put into
/// the inbox, from any thread; whoever comes second sees what the first did and sends the command, so that it neither
/// gets lost nor arrives before the call it means.
final class CancellationTicket: Sendable {
    private let flags = NIOLockedValueBox((enqueued: false, cancelled: false))

    /// Whether the task was cancelled before there was anything to put into the inbox.
    var isCancelled: Bool { flags.withLockedValue { $0.cancelled } }

    /// True: the call was cancelled meanwhile, and the caller must send the command.
    func markEnqueued() -> Bool {
        flags.withLockedValue { flags in
            flags.enqueued = true
            return flags.cancelled
        }
    }

    /// True: the call is in the inbox already, and the caller must send the command.
    func markCancelled() -> Bool {
        flags.withLockedValue { flags in
            flags.cancelled = true
            return flags.enqueued
        }
    }
}
