import BotCore
import Testing

struct ActorTests {
    private let onTheHost = Account(platform: "os", workspace: "bot1", user: "1001")

    @Test func allAccountsOfAPersonAreThatPerson() {
        #expect(Samples.amy.isSamePerson(as: Actor(person: "amy", account: onTheHost, name: "root")))
        #expect(!Samples.amy.isSamePerson(as: Samples.bob))
        #expect(!Samples.amy.isSamePerson(as: Actor(person: "bob", account: Samples.amy.account, name: "Amy")))
    }

    @Test func anUnlistedAccountIsOnlyItself() {
        let renamed = Actor(person: nil, account: Samples.stranger.account, name: "another name")
        #expect(Samples.stranger.isSamePerson(as: renamed))
        #expect(!Samples.stranger.isSamePerson(as: Actor(person: nil, account: onTheHost, name: "amy")))
        #expect(!Samples.stranger.isSamePerson(as: Samples.amy))
    }

    @Test func anAccountThatWasListedMeanwhileIsStillTheSame() {
        let before = Actor(person: nil, account: Samples.amy.account, name: "Amy")
        #expect(before.isSamePerson(as: Samples.amy))
        #expect(Samples.amy.isSamePerson(as: before))
    }

    @Test func theBotIsNobody() {
        #expect(!Actor.bot.isSamePerson(as: .bot))
        #expect(!Actor.bot.isSamePerson(as: Samples.stranger))
    }

    @Test func theConfiguredNameIsShownIfThereIsOne() {
        #expect(Samples.amy.shownName == "amy")
        #expect(Actor.bot.shownName == "clusterbot")
    }

    @Test func whoeverIsNotListedIsShownByTheAccountWithTheirNameInQuotes() {
        let zed = Account(platform: "slack", workspace: "T0001", user: "U0ZED")
        #expect(Actor(person: nil, account: zed, name: "bob").shownName == "slack:T0001/U0ZED “bob”")
        #expect(Actor(person: nil, account: zed, name: "U0ZED").shownName == "slack:T0001/U0ZED")
        #expect(Actor(person: nil, account: zed, name: "\u{202E}").shownName == "slack:T0001/U0ZED")
        // Stored by an earlier version, before names were cleaned.
        #expect(Actor(person: nil, account: zed, name: "x” (bob)\n").shownName == "slack:T0001/U0ZED “x' (bob)”")
        let text: RichText = "by \(Actor(person: nil, account: zed, name: "bob"))"
        #expect(text.plain == "by slack:T0001/U0ZED “bob”")
        #expect(text.mentions.isEmpty)
    }
}
