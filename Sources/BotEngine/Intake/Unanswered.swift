import NIOConcurrencyHelpers

/// Changes that are stored and whose senders do not know yet what they will be told. Until they do, nothing is done about them.
final class Unanswered: Sendable {
    /// One sender's part in a change: that it opened it, or that it will be told its number.
    final class Hold: Sendable {
        fileprivate struct State {
            var change: Int?
            var isDenied = false
        }

        fileprivate let all: Unanswered
        fileprivate let state = NIOLockedValueBox(State())

        fileprivate init(all: Unanswered) { self.all = all }

        /// Its transaction opened a change. Released before, where it was run again.
        func opened(_ id: Int) {
            all.update(id) { entry in
                entry.holds += 1
                // A number whose commit failed is given again: what was said of it then is not of this change.
                entry.opener = ObjectIdentifier(self)
                entry.isPromised = false
                // Whoever denies later finds the change, and then this entry.
                entry.isDenied = state.withLockedValue { state in
                    state.change = id
                    return state.isDenied
                }
            }
        }

        /// Its answer names a change that another sender opened.
        func named(_ id: Int) {
            state.withLockedValue { $0.change = id }
            all.update(id) { $0.holds += 1 }
        }

        /// Its sender is being told that nothing was stored.
        func deny() {
            let change = state.withLockedValue { state in
                state.isDenied = true
                return state.change
            }
            guard let change else { return }
            all.update(change) { if $0.opener == ObjectIdentifier(self) { $0.isDenied = true } }
        }

        /// Its sender has been told that the change goes on.
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

    /// Whether whoever opened a change was told that it is not stored, and nobody was told that it is.
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
