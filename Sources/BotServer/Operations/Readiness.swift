import NIOConcurrencyHelpers

/// The service's state as load balancers and people ask for it: whether it takes work now.
package final class Readiness: Sendable {
    /// What has to be up before the service is ready.
    package enum Part: Sendable {
        case workers, publicServer, socket
    }

    private struct State {
        var isDraining = false
        var missing: Set<Part>
    }

    private let state: NIOLockedValueBox<State>
    private let onReady: @Sendable () -> Void
    private let storeProblem: @Sendable () async -> String?

    /// - Parameters:
    ///   - parts: what has to be up first; each says so by ``isUp(_:)``.
    ///   - onReady: hears once that all of them are.
    ///   - storeProblem: tries a small write; the sentence that says why it failed, or nil.
    package init(
        parts: Set<Part>,
        onReady: @escaping @Sendable () -> Void = {},
        storeProblem: @escaping @Sendable () async -> String?
    ) {
        state = NIOLockedValueBox(State(missing: parts))
        self.onReady = onReady
        self.storeProblem = storeProblem
    }

    /// Hears that a part takes work from now on.
    package func isUp(_ part: Part) {
        let wasLast = state.withLockedValue { $0.missing.remove(part) != nil && $0.missing.isEmpty }
        if wasLast { onReady() }
    }

    /// No more work is taken from now on.
    package func drain() { state.withLockedValue { $0.isDraining = true } }

    package var isDraining: Bool { state.withLockedValue(\.isDraining) }

    /// A sentence that says why the service is not ready; nil if it is.
    package func problem() async -> String? {
        let state = state.withLockedValue(\.self)
        if state.isDraining { return "draining: this process is about to stop" }
        if !state.missing.isEmpty { return "starting" }
        return await storeProblem()
    }
}
