import TestSupport
import Testing

@testable import BotServer

@Suite struct ClockSkewTests {
    private let lines = LogLines()
    private let clock = StandingClock()
    private let skew: ClockSkew

    init() { skew = ClockSkew(platform: "chat", clock: clock, logger: lines.logger) }

    private var told: [String?] { lines.all.map(\.facts["seconds"]) }

    /// A request takes its time on the way, and none arrives before it was sent.
    @Test func slowRequestsAreNoWrongClock() {
        for seconds in [2, 90, 200] { skew.saw(.seconds(seconds)) }
        #expect(told == [])
    }

    @Test(arguments: [(61, ["61"]), (-61, ["-61"]), (60, []), (-60, [])])
    func moreThanAMinuteIsTold(seconds: Int, lines: [String?]) {
        skew.saw(.seconds(seconds))
        skew.saw(.seconds(seconds))
        #expect(told == lines)
    }

    @Test func whatWasSeenLongAgoDoesNotCount() {
        skew.saw(.zero)
        clock.advance(.seconds(300))
        // The window before still counts while this one is young.
        skew.saw(.seconds(100))
        #expect(told == [])
        clock.advance(.seconds(300))
        skew.saw(.seconds(100))
        #expect(told == ["100"])
    }

    @Test func itIsToldAgainTenMinutesLater() {
        skew.saw(.seconds(100))
        clock.advance(.seconds(599))
        skew.saw(.seconds(100))
        #expect(told.count == 1)
        clock.advance(.seconds(1))
        skew.saw(.seconds(100))
        #expect(told == ["100", "100"])
    }
}
