import BotCore
import Testing

@testable import clusterbot

/// When the end of credentials is worth a word.
struct CredentialWatchTests {
    private static let ends = Timestamp(seconds: 1_900_000_000)

    @Test(arguments: [
        (30.0, true), (29.5, true), (28.9, false), (8, false), (7, true), (6.1, true), (5.9, false), (1, true),
        (0.5, true),
    ])
    func daysBeforeTheEnd(daysLeft: Double, isTold: Bool) {
        let now = Timestamp(milliseconds: Self.ends.milliseconds - Int(daysLeft * 86_400_000))
        #expect((CredentialWatch.warning(ends: Self.ends, now: now) != nil) == isTold)
    }

    @Test func whatHasEndedIsToldEveryDay() {
        #expect(CredentialWatch.warning(ends: Self.ends, now: Self.ends)?.contains("have ended") == true)
        #expect(
            CredentialWatch.warning(ends: Self.ends, now: Self.ends + .seconds(86_400 * 40))?.contains("have ended")
                == true
        )
    }
}
