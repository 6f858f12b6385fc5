import BotCore
import TestSupport

/// What is on the disk: it outlives every process.
final class Disk: @unchecked Sendable {
    /// The steps of one committed transaction and the rules that were in force when it ran.
    struct Transaction {
        let steps: [MemoryStep]
        /// What is stored after it.
        let state: MemoryState
        let rules: Rules
        /// The process that ran it.
        let life: Int

        var hasIntent: Bool { steps.contains { if case .intended = $0 { true } else { false } } }
    }

    private(set) var state = MemoryState()
    /// Told of each transaction after the commit that it was in.
    var onCommit: ((Transaction) -> Void)?
    /// What it held at some moments.
    private(set) var backups: [MemoryState] = []
    private var salts: SeededNumbers
    private var backupTimes: SeededNumbers

    init(seed: UInt64) {
        salts = SeededNumbers(seed: seed, stream: 3)
        backupTimes = SeededNumbers(seed: seed, stream: 4)
    }

    /// Stores transactions that ran one after the other.
    func commit(_ transactions: [Transaction]) {
        for transaction in transactions {
            state = transaction.state
            if !transaction.steps.isEmpty { onCommit?(transaction) }
            if backupTimes.happens(0.03) { backups.append(state) }
        }
    }

    /// A process opens the store: from now on nobody else writes to it.
    func open() -> Int {
        state.fence += 1
        return state.fence
    }

    /// Puts an older state in the place of what is there.
    /// - Parameters:
    ///   - noticedAt: when the marker beside the store shows that it once was further, as after a restored backup; nil:
    ///   the marker was put back, too.
    ///   - isSuspect: whether it comes back in another file.
    func restore(_ backup: MemoryState, noticedAt: Timestamp?, isSuspect: Bool) {
        let remembered = state.head
        state = backup
        state.isSuspect = isSuspect
        if let noticedAt, backup.head != remembered {
            state.hold = StoreHold(remembered: remembered, found: backup.head, noticedAt: noticedAt)
        }
    }

    func salt() -> String {
        let digits = (0..<2).map { _ in String(salts.next(), radix: 16) }
        return digits.map { String(repeating: "0", count: 16 - $0.count) + $0 }.joined()
    }
}
