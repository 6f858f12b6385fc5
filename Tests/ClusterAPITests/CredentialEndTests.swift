import BotCore
import Testing

@testable import ClusterAPI

/// When the end of credentials is worth a word.
struct CredentialEndTests {
    private static let ends = Timestamp(seconds: 1_900_022_400)

    private func end(daysLeft: Double) -> CredentialEnd? {
        let project = ClusterAPISettings.Project(
            id: 1,
            location: "Delhi",
            apiKey: Secret("k"),
            token: Secret("t"),
            tokenEnds: Self.ends
        )
        let now = Timestamp(milliseconds: Self.ends.milliseconds - Int(daysLeft * 86_400_000))
        return CredentialEnd(of: project, named: "vision", now: now)
    }

    @Test(arguments: [
        (31.0, false), (30.1, false), (30, true), (29, true), (17.5, true), (8, true), (1, true), (0.1, true),
    ])
    func fromThirtyDaysBeforeItIsToldEachDay(daysLeft: Double, isTold: Bool) {
        let end = end(daysLeft: daysLeft)
        #expect((end != nil) == isTold)
        #expect(end?.hasCome != true)
        if isTold { #expect(end?.sentence.contains("end on 2030-03-18, in") == true, "\(end?.sentence ?? "")") }
    }

    @Test(arguments: [0.0, -0.5, -400])
    func whatHasEndedIsToldForEver(daysLeft: Double) {
        #expect(end(daysLeft: daysLeft)?.hasCome == true)
        #expect(end(daysLeft: daysLeft)?.sentence.contains("ended on 2030-03-18") == true)
    }

    @Test func whereNobodySaidWhenThereIsNothingToSay() {
        let project = ClusterAPISettings.Project(id: 1, location: "Delhi", apiKey: Secret("k"), token: Secret("t"))
        #expect(CredentialEnd(of: project, named: "vision", now: Self.ends) == nil)
    }
}
