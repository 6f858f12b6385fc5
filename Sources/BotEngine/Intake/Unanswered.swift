import NIOConcurrencyHelpers

/// The changes that are stored while the answer to their senders is still open. Until it is given, no worker touches
/// them.
final class Unanswered: Sendable {
    /// One delivery's part in a change: it opened the change, or its answer names the change.
    final class Hold: Sendable {
        fileprivate struct State {
            var change: Int?
            var isDenied = false
        }

        fileprivate let all: Unanswered
        fileprivate let state = NIOLockedValueBox(State())

        fileprivate init(all: Unanswered) { self.all = all }

        /// Notes that its transaction opened a change. If the transaction runs again, the hold is released before.
        func opened(_ id: Int) {
            all.update(id) { entry in
                entry.holds += 1
                // A number whose commit failed is given again, so what was noted of it before is not about this change.
                entry.opener = ObjectIdentifier(self)
                entry.isPromised = false
                // A denial that comes later finds the change, and through it this entry.
                entry.isDenied = state.withLockedValue { state in
                    state.change = id
                    return state.isDenied
                }
            }
        }

        /// Notes that its answer names a change that another delivery opened.
        func named(_ id: Int) {
            state.withLockedValue { $0.change = id }
            all.update(id) { $0.holds += 1 }
        }

        /// Notes that its sender is being told that nothing was stored.
        func deny() {
            let change = state.withLockedValue { state in
                state.isDenied = true
                return state.change
            }
            guard let change else { return }
            all.update(change) { if $0.opener == ObjectIdentifier(self) { $0.isDenied = true } }
        }

        /// Notes that its sender is being told that the change goes on.
        func promise() {
            if let change = state.withLockedValue(\.change) { all.update(change) { $0.isPromised = true } }
        }

        func release() {
            let change = state.withLockedValue { state in
                defer { state.change = nil }
                return state.change
            }
            if let change { all.update(change) { $0.holds -= 1 } }
        }
    }

    private struct Entry {
        var holds = 0
        var opener: ObjectIdentifier?
        var isDenied = false
        var isPromised = false
    }

    private let entries = NIOLockedValueBox<[Int: Entry]>([:])

    func hold() -> Hold { Hold(all: self) }

    func contains(_ id: Int) -> Bool { entries.withLockedValue { $0[id] != nil } }

    /// Returns whether the sender who opened a change was told that it is not stored, and nobody was told that it is.
    func isToBeWithdrawn(_ id: Int) -> Bool {
        entries.withLockedValue { $0[id].map { $0.isDenied && !$0.isPromised } ?? false }
    }

    private func update(_ id: Int, _ change: (inout Entry) -> Void) {
        entries.withLockedValue { entries in
            var entry = entries[id] ?? Entry()
            change(&entry)
            entries[id] = entry.holds > 0 ? entry : nil
        }
    }
}
