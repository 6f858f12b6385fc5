import NIOConcurrencyHelpers

/// The service's state as load balancers and people ask for it: whether it takes work now.
package final class Readiness: Sendable {
    private struct State {
        var isDraining = false
        var isRunning = false
    }

    private let state = NIOLockedValueBox(State())
    private let storeProblem: @Sendable () async -> String?

    /// - Parameter storeProblem: tries a small write; the sentence that says why it failed, or nil.
    package init(storeProblem: @escaping @Sendable () async -> String?) { self.storeProblem = storeProblem }

    /// The workers are up.
    package func workersRun() { state.withLockedValue { $0.isRunning = true } }

    /// No more work is taken from now on.
    package func drain() { state.withLockedValue { $0.isDraining = true } }

    package var isDraining: Bool { state.withLockedValue(\.isDraining) }

    /// A sentence that says why the service is not ready; nil if it is.
    package func problem() async -> String? {
        let state = state.withLockedValue(\.self)
        if state.isDraining { return "draining: this process is about to stop" }
        if !state.isRunning { return "starting" }
        return await storeProblem()
    }
}
