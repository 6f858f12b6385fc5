import BotCore
import BotStore
import TestSupport

/// What the real store makes of a disk that something happened to.
struct StoreFinding: Sendable {
    /// What happened.
    let situation: String
    /// Changes that are behind what was promised before.
    private(set) var lost: [Int] = []
    /// Changes of which it was said that nothing was stored, and that are there.
    private(set) var unexpected: [Int] = []
    /// Whether the store, by its marker, found itself older than it had been, and lets nothing be sent.
    private(set) var isHeld = false
    /// What is wrong otherwise: the store does not open, is damaged, holds a half transaction or takes no more.
    private(set) var problems: [String] = []

    var isFine: Bool { lost.isEmpty && unexpected.isEmpty && !isHeld && problems.isEmpty }

    /// Opens the store at a path, reads everything, and writes once more.
    /// - Parameters:
    ///   - promised: the stage that each change must at least have reached.
    ///   - denied: the stage that a change must not have reached.
    ///   - last: the highest number that may have been written.
    init(
        of path: String,
        promised: [Int: NumberedCommit.Stage],
        denied: [Int: NumberedCommit.Stage] = [:],
        last: Int,
        situation: String
    ) async {
        self.situation = situation
        do {
            let store = try SQLiteStore(path: path)
            do {
                try await look(into: store, promised, denied, last)
            } catch { problems.append("\(error)") }
            await store.close()
        } catch { problems.append("\(error)") }
    }

    private mutating func look(
        into store: SQLiteStore,
        _ promised: [Int: NumberedCommit.Stage],
        _ denied: [Int: NumberedCommit.Stage],
        _ last: Int
    ) async throws {
        isHeld = try await store.read { try $0.hold() } != nil
        problems += try await store.damage()
        if case .broken(let seq, let reason) = try await HistoryVerifier(store).verify() {
            problems.append("entry \(seq) of the history: \(reason)")
        }
        let stages = try await store.read { try NumberedCommit.stages(upTo: last, in: $0) }
        lost = promised.filter { (stages[$0.key] ?? .absent) < $0.value }.keys.sorted()
        unexpected = denied.filter { (stages[$0.key] ?? .absent) >= $0.value }.keys.sorted()
        // It goes on from here.
        try await store.write { try NumberedCommit.open(last + 1, in: $0) }
        if try await store.read({ try $0.change(last + 1) }) == nil {
            problems.append("what is written afterwards is not there")
        }
    }
}
