import BotCore
import Testing

struct TimestampReadingTests {
    @Test(arguments: [0, 1_800_000_000_123, 951_782_399_999, -1, 4_102_444_800_000])
    func readsWhatItWrites(milliseconds: Int) {
        let moment = Timestamp(milliseconds: milliseconds)
        #expect(Timestamp(moment.description) == moment)
    }

    @Test(arguments: [
        "", "2027-01-15", "2027-01-15T08:00:00Z", "2027-01-15 08:00:00.000Z", "2027-02-30T08:00:00.000Z",
        "2027-01-15T24:00:00.000Z", "2027-01-15T08:60:00.000Z", "2027-01-15T08:00:00.000z", "2027-01-15T08:00:00,000Z",
        "2027-01-15T08:00:0 .000Z", "2027-01-15T08:00:00.000+00:00",
    ])
    func readsNothingElse(text: String) { #expect(Timestamp(text) == nil) }

    /// A sentence keeps a moment as such, for each reader's own zone.
    @Test func aMomentBetweenBackTicksIsOne() {
        let moment = Timestamp(seconds: 1_800_000_000)
        #expect(
            RichText(marked: "until `\(moment)`: `42`").spans
                == [.plain("until "), .time(moment), .plain(": "), .code("42")]
        )
    }
}
