import BotCore
import Testing

struct TimestampTests {
    /// By Python's datetime.
    static let known: [(String, Int)] = [
        ("1970-01-01T00:00:00.000Z", 0),
        ("1970-01-01T00:00:00.001Z", 1),
        ("1969-12-31T23:59:59.999Z", -1),
        ("1969-12-31T00:00:00.000Z", -86_400_000),
        ("2000-02-28T23:59:59.999Z", 951_782_399_999),
        ("2000-02-29T12:34:56.789Z", 951_827_696_789),
        ("2000-03-01T00:00:00.000Z", 951_868_800_000),
        ("1900-02-28T23:59:59.999Z", -2_203_891_200_001),
        ("1900-03-01T00:00:00.000Z", -2_203_891_200_000),
        ("2100-02-28T23:59:59.999Z", 4_107_542_399_999),
        ("2100-03-01T00:00:00.000Z", 4_107_542_400_000),
        ("2024-02-29T00:00:00.000Z", 1_709_164_800_000),
        ("2025-12-31T23:59:59.999Z", 1_767_225_599_999),
        ("2026-01-01T00:00:00.000Z", 1_767_225_600_000),
        ("2026-11-23T03:04:05.678Z", 1_795_403_045_678),
        ("2038-01-19T03:14:08.000Z", 2_147_483_648_000),
        ("1600-02-29T00:00:00.000Z", -11_670_998_400_000),
        ("0001-01-01T00:00:00.000Z", -62_135_596_800_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ]

    @Test(arguments: known) func isWrittenAsRFC3339(_ text: String, _ milliseconds: Int) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    /// Counts the days of four hundred years one by one.
    @Test func everyDayOfFourCenturiesHasItsDate() {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var day = 0
        var wrong = 0
        for year in 1970..<2370 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for (month, length) in lengths.enumerated() {
                let isFebruary = month == 1
                let days = isFebruary && isLeap ? 29 : length
                // The first and the last day of a month show whether those between are right.
                for date in [1, days] {
                    let text = Timestamp(seconds: (day + date - 1) * 86_400).description
                    let expected =
                        "\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(date < 10 ? "0" : "")\(date)T00:00:00.000Z"
                    wrong += text == expected ? 0 : 1
                }
                day += days
            }
        }
        #expect(day == 146_097)
        #expect(wrong == 0)
    }

    @Test func inTextsTheOrderIsThatOfTime() {
        let sorted = Self.known.map(\.1).sorted().map { Timestamp(milliseconds: $0) }
        #expect(sorted.map(\.description) == sorted.map(\.description).sorted())
        #expect(sorted == sorted.sorted())
    }

    @Test(arguments: [(0, 0), (999, 0), (1000, 1), (-1, -1), (-1000, -1), (-1001, -2)])
    func secondsAreRoundedDown(_ milliseconds: Int, _ seconds: Int) {
        #expect(Timestamp(milliseconds: milliseconds).seconds == seconds)
    }

    @Test func spansCanBeAddedAndMeasured() {
        #expect(Samples.noon + .seconds(90) == Timestamp(seconds: 1_795_435_290))
        #expect(Samples.noon + .milliseconds(-1) < Samples.noon)
        #expect((Samples.noon + .milliseconds(1500)) - Samples.noon == .milliseconds(1500))
        #expect(Samples.noon - (Samples.noon + .seconds(1)) == .seconds(-1))
    }

    @Test(
        arguments: [
            (.zero, 0), (.milliseconds(1), 1), (.microseconds(999), 0), (.seconds(90), 90_000), (.microseconds(-1), -1),
            (.milliseconds(-1500), -1500), (.microseconds(-1500), -2),
        ] as [(Duration, Int)]
    )
    func millisecondsOfASpanAreRoundedDown(_ span: Duration, _ milliseconds: Int) {
        #expect(span.wholeMilliseconds == milliseconds)
    }

    @Test(
        arguments: [
            (0, "0 s"), (45, "45 s"), (119, "119 s"), (120, "2 min"), (900, "15 min"), (7199, "119 min"), (7200, "2 h"),
            (172_799, "47 h"), (172_800, "2 days"), (2_592_000, "30 days"), (-5, "0 s"),
        ]
    )
    func aSpanIsSpokenAsPeopleDo(_ seconds: Int, _ text: String) {
        #expect(Duration.seconds(seconds).spoken == text)
    }

    @Test func secondsOfASpanHaveAFraction() {
        #expect(Duration.milliseconds(1500).inSeconds == 1.5)
    }

    @Test(
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_792_567_680, "Wed, 21 Oct 2026 07:28:00 GMT"), (1_835_395_199, "Mon, 28 Feb 2028 23:59:59 GMT"),
            (1_835_395_200, "Tue, 29 Feb 2028 00:00:00 GMT"), (1_845_331_199, "Thu, 22 Jun 2028 23:59:59 GMT"),
        ]
    )
    func isWrittenAndReadAsHTTPDoes(seconds: Int, text: String) {
        #expect(Timestamp(milliseconds: seconds * 1000 + 999).httpDate == text)
        #expect(Timestamp(httpDate: text) == Timestamp(seconds: seconds))
    }
}
