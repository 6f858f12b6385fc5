import BotCore
import TestSupport

/// Holds whoever comes until it is opened, and lets a test wait until somebody came.
final class Gate: Sendable {
    private struct State {
        var arrived = 0
        var isOpen = false
    }

    private let state = EventWaiter(State())

    /// Waits until it is open. In a test that has failed meanwhile, nobody opens it: then not for ever.
    func pass() async {
        state.update { $0.arrived += 1 }
        try? await state.wait(for: "the gate to open", within: .patience * 3) { $0.isOpen }
    }

    func reached() async throws {
        try await state.wait(for: "somebody at the gate") { $0.arrived > 0 }
    }

    func open() { state.update { $0.isOpen = true } }
}
