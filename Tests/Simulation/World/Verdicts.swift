import BotCore

/// What each process got to know of its sendings: what it may conclude, and nothing else.
final class Verdicts: @unchecked Sendable {
    private(set) var evidence: [Int: CallOutcome] = [:]
    /// Changes whose call was broken off on this side.
    private(set) var brokenOff: Set<Int> = []

    func came(_ evidence: CallOutcome, for change: Int) { self.evidence[change] = evidence }

    func lost(_ change: Int) { brokenOff.insert(change) }
}
