import Logging
import TestSupport
import Testing

@testable import BotServer

@Suite struct SparseLogTests {
    private let lines = LogLines()
    private let clock = StandingClock()

    @Test func oneLineInAWhileForEachReasonAndNoCountIsLost() {
        let log = SparseLog(logger: lines.logger, clock: clock, pause: .seconds(1))
        for _ in 0..<5 { log.warning("no", reason: "a", ["reason": "a"]) }
        log.warning("no", reason: "b", ["reason": "b"])
        #expect(lines.all.map(\.facts) == [["reason": "a"], ["reason": "b"]])
        clock.advance(.milliseconds(999))
        log.warning("no", reason: "a", ["reason": "a"])
        #expect(lines.all.count == 2)
        clock.advance(.milliseconds(1))
        log.warning("no", reason: "a", ["reason": "a"])
        clock.advance(.seconds(2))
        log.warning("no", reason: "a", ["reason": "a"])
        #expect(lines.all.dropFirst(2).map(\.facts) == [["reason": "a", "suppressed": "5"], ["reason": "a"]])
        #expect(lines.all.allSatisfy { $0.level == .warning })
    }
}
