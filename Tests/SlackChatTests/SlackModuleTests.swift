import BotCore
import ChatKit
import ConfigurationTree
import Testing

@testable import SlackChat

/// What Slack contributes to the configuration.
@Suite struct SlackModuleTests {
    private let module = SlackModule()

    @Test(arguments: [
        ("xoxb-1-2-aB", true), ("xoxe.xoxb-1-aB", true), ("xoxp-1-2-aB", false), ("xapp-1-A-2", false),
        ("xoxb-", false), ("xoxb-1_2", false), (" xoxb-1", false),
    ])
    func aBotTokenOfSlackBeginsAsItMust(text: String, isFine: Bool) {
        #expect((SecretKind.slackBotToken.problem(of: text) == nil) == isFine)
    }

    @Test(arguments: [
        ("8f742231b10e8888abcd99aaabbb85a5", true), ("8F742231B10E8888ABCD99AAABBB85A5", false),
        ("8f742231b10e8888abcd99aaabbb85a", false), ("8f742231b10e8888abcd99aaabbb85a5a", false),
        ("8f742231b10e8888abcd99yyyzzz85a5", false),
    ])
    func aSigningSecretOfSlackHasItsAlphabetAndLength(text: String, isFine: Bool) {
        #expect((SecretKind.slackSigningSecret.problem(of: text) == nil) == isFine)
    }

    @Test func memberIDsAreFine() {
        for id in ["U0AMY", "W0AMY"] {
            #expect(module.check(Account(platform: "slack", workspace: "T0001", user: id)) == .fine)
        }
        for id in ["C0OPS", "G0OPS", "D0AMY"] {
            #expect(module.check(Channel(platform: "slack", workspace: "T0001", id: id)) == .fine)
        }
    }

    @Test func namesAreDoubtful() throws {
        guard case .doubtful = module.check(Account(platform: "slack", workspace: "T0001", user: "amy")),
            case .doubtful = module.check(Channel(platform: "slack", workspace: "T0001", id: "ops"))
        else {
            Issue.record("a name is taken for an id")
            return
        }
    }

    @Test(arguments: ["@amy:example.org", "U0 AMY", "U0/AMY", "Ü0AMY"])
    func idsOfOtherPlatformsAreNone(id: String) {
        #expect(module.check(Account(platform: "slack", workspace: "T0001", user: id)) == .wrong)
        #expect(module.check(Account(platform: "slack", workspace: id, user: "U0AMY")) == .wrong)
        #expect(module.check(Channel(platform: "slack", workspace: "T0001", id: id)) == .wrong)
        #expect(module.check(Channel(platform: "slack", workspace: id, id: "C0OPS")) == .wrong)
    }

    @Test func itsExamplesAreFine() throws {
        #expect(module.check(try #require(Account(module.exampleAccount))) == .fine)
        #expect(module.check(try #require(Channel(module.exampleChannel))) == .fine)
    }
}
