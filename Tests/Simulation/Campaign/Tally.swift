import BotCore

/// What was really reached: how often each fault struck, each crossing was cut, each step of the state machine was taken.
package struct Tally: Sendable {
    /// By the cases of ``Fault`` and ``Crossing``.
    package private(set) var faults = [Int](repeating: 0, count: Fault.allCases.count)
    package private(set) var crashes = [Int](repeating: 0, count: Crossing.allCases.count)
    package private(set) var freezes = [Int](repeating: 0, count: Crossing.allCases.count)
    /// By `from → to`, with how the outcome is known.
    package var moves: [String: Int] = [:]
    /// Anything else that is worth knowing, by what it is.
    package var others: [String: Int] = [:]
    package var steps = 0
    /// Simulated seconds.
    package var seconds = 0

    package init() {}

    package mutating func add(_ other: Tally) {
        for index in faults.indices { faults[index] += other.faults[index] }
        for index in crashes.indices { crashes[index] += other.crashes[index] }
        for index in freezes.indices { freezes[index] += other.freezes[index] }
        moves.merge(other.moves, uniquingKeysWith: +)
        others.merge(other.others, uniquingKeysWith: +)
        steps += other.steps
        seconds += other.seconds
    }

    mutating func count(_ fault: Fault) { faults[fault.rawValue] += 1 }
    mutating func crashed(at crossing: Crossing) { crashes[crossing.rawValue] += 1 }
    mutating func froze(at crossing: Crossing) { freezes[crossing.rawValue] += 1 }

    mutating func count(_ what: String, _ number: Int = 1) { others[what, default: 0] += number }

    mutating func moved(_ from: ChangeState, _ to: ChangeState, _ known: HowKnown?) {
        moves["\(from.rawValue) → \(to.rawValue)\(known.map { " (\($0.rawValue))" } ?? "")", default: 0] += 1
    }

    /// As a table, one line each. What was never reached is there, too, with a zero.
    package var lines: [String] {
        var lines = ["faults"]
        lines += Fault.allCases.map { row("\($0)", faults[$0.rawValue]) }
        lines.append("crashes and freezes at")
        lines += Crossing.allCases.map { row("\($0)", crashes[$0.rawValue]) + pad(freezes[$0.rawValue], 10) }
        lines.append("moves of changes")
        lines += moves.sorted { $0.key < $1.key }.map { row($0.key, $0.value) }
        lines.append("besides")
        lines += others.sorted { $0.key < $1.key }.map { row($0.key, $0.value) }
        return lines
    }

    private func row(_ name: String, _ number: Int) -> String {
        "  \(name)\(String(repeating: " ", count: max(1, 40 - name.count)))\(pad(number, 10))"
    }

    private func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, width - digits.count)) + digits
    }
}
