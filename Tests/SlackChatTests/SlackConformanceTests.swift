import ChatConformance
import Testing

/// What every platform promises, of Slack.
@Suite struct SlackConformanceTests {
    @Test(arguments: DoorPromise.allCases)
    func holdsAtTheDoor(promise: DoorPromise) throws { try promise.check(SlackUnderTest()) }

    @Test(arguments: PosterPromise.allCases)
    func holdsForWhatIsSaid(promise: PosterPromise) async throws { try await promise.check(SlackUnderTest()) }

    @Test(arguments: HeadPromise.allCases)
    func holdsForWhatIsReadBack(promise: HeadPromise) async throws { try await promise.check(SlackUnderTest()) }
}
