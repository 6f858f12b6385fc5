import BotCore
import CurlHTTP
import NIOConcurrencyHelpers
import Testing

@testable import ClusterAPI

/// The API's replies say what time it is; a host whose clock is wrong hears of it.
struct ClockComparisonTests {
    private let clock = ManualClock()
    private let warnings = NIOLockedValueBox<[Int]>([])

    /// Reads a cluster as often as told from an API whose clock says this.
    private func read(_ times: Int, date: String) async throws {
        let reply = CurlResponse.json(200, Samples.envelope(Samples.clusterObject), headers: [("Date", date)])
        let warnings = warnings
        let api = E2EClusterAPI(
            settings: Samples.settings(),
            transport: ScriptedTransport(always: reply),
            clock: clock,
            skew: ClockComparison(clock: clock) { _, seconds in warnings.withLockedValue { $0.append(seconds) } }
        )
        for _ in 0..<times { _ = try await api.read(Samples.cluster, withReservedIPs: false) }
    }

    // It is 07:28:00 here.
    @Test(arguments: [
        ("Wed, 21 Oct 2026 05:28:00 GMT", [7200]), ("Wed, 21 Oct 2026 07:30:00 GMT", [-120]),
        ("Wed, 21 Oct 2026 07:28:55 GMT", []), ("Wed, 21 Oct 2026 07:27:05 GMT", []), ("yesterday", []),
    ])
    func moreThanAMinuteIsToldOnce(date: String, told: [Int]) async throws {
        try await read(3, date: date)
        #expect(warnings.withLockedValue(\.self) == told)
    }

    @Test func itIsToldAgainAnHourLater() async throws {
        let reply = CurlResponse.json(200, "", headers: [("Date", "Wed, 21 Oct 2026 05:28:00 GMT")])
        let warnings = warnings
        let skew = ClockComparison(clock: clock) { _, seconds in warnings.withLockedValue { $0.append(seconds) } }
        let theirs = try #require(reply.header("Date").flatMap(Timestamp.init(httpDate:)))
        skew.compare(with: theirs, of: "somebody")
        clock.advance(by: .seconds(3599))
        skew.compare(with: theirs, of: "somebody")
        #expect(warnings.withLockedValue(\.count) == 1)
        clock.advance(by: .seconds(1))
        skew.compare(with: theirs, of: "somebody")
        #expect(warnings.withLockedValue(\.self) == [7200, 10800])
    }
}
