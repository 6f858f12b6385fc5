/// One call of `execute` as it is handed to the thread.
struct Call: Sendable {
    let id: UInt64
    let request: CurlRequest
    let egress: Egress
    /// The end of the call's time, fixed when `execute` was called, so that waiting in any queue counts.
    let deadline: ContinuousClock.Instant
    /// The caller's continuation. It is resumed exactly once, with no lock held.
    let continuation: CheckedContinuation<Result<CurlResponse, TransportError>, Never>

    func finish(_ result: Result<CurlResponse, TransportError>) {
        continuation.resume(returning: result)
    }
}
