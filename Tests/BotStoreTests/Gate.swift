import BotStore
import Foundation
import TestSupport

/// Holds the writer's thread until it is opened.
final class Gate: Sendable {
    private let isReached = EventWaiter(false)
    private let isOpen = EventWaiter(false)
    private let opened = NSCondition()

    /// On the writer's thread.
    func wait() {
        isReached.update { $0 = true }
        opened.lock()
        while !isOpen.state { opened.wait() }
        opened.unlock()
    }

    func reached() async { try? await isReached.wait(for: "the writer to reach the gate") { $0 } }

    func open() {
        opened.lock()
        isOpen.update { $0 = true }
        opened.broadcast()
        opened.unlock()
    }
}

extension SQLiteStore {
    /// Returns when so many closures wait for the writer.
    func waits(for count: Int) async {
        while waitingWrites < count { await Task.yield() }
    }
}
