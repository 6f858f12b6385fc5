import BotCore
import ChatKit
import ConfigurationTree
import CurlHTTP
import Foundation
import SlackChat
import TerminalChat
import TestSupport
import Testing

@testable import BotConfiguration

/// A second platform brings its own section, keys and ids; nothing here knows it.
@Suite struct SecondPlatformTests {
    /// A platform with ids as Matrix has them.
    private struct Toy: ChatModule {
        let name = "toy"
        let title = "Toy"
        let section = TableShape("`toy`", ["server"])
        let innerSections: [TableShape] = []
        let laterGroupKeys: Set<String> = ["toy_rooms"]
        let exampleAccount = "toy:example.org/@amy%3Aexample.org"
        let exampleChannel = "toy:example.org/!ops%3Aexample.org"
        let idForm = "an id has its server behind a colon, which is written `%3A`"

        func check(_ account: Account) -> IDCheck { Self.check(account.user, account.workspace) }
        func check(_ channel: Channel) -> IDCheck { Self.check(channel.id, channel.workspace) }

        private static func check(_ id: String, _ server: String) -> IDCheck {
            id.hasSuffix(":\(server)") ? .fine : id.contains(":") ? .doubtful("is of another server") : .wrong
        }

        func settings(_ section: ChatSection) -> (any ChatSettings)? {
            section.table.required("server", "example.org")?.text("a server").map { ToySettings(server: $0) }
        }
    }

    private struct ToySettings: ChatSettings {
        let server: String
        let platform = "toy"
        let commandWord = "!cluster"
        let clockURL: String? = nil
        var workspaceIDs: Set<String> { [server] }

        func connect(_ transport: any HTTPTransport, _ clock: any BotClock) -> ChatConnection {
            fatalError("nothing is connected here")
        }
        func checkup(
            _ transport: any HTTPTransport,
            _ clock: any BotClock,
            channels: Set<Channel>,
            userGroups: Set<UserGroup>
        ) async -> [ChatFinding] { [] }
    }

    private static let people =
        "people: [{name: amy, accounts: [\"toy:example.org/@amy%3Aexample.org\", \"slack:T0001/U0AMY\"]}]"
    private static let sections = [
        "people": people, "groups": "groups: {engineers: {people: [amy]}}",
        "policy": "policy: [{name: all, allow: [resolve], who: [engineers]}]",
        "approval_default": "", "channels": "channels: {ops: \"toy:example.org/!ops%3Aexample.org\"}",
        "chat": "chat: {toy: {server: example.org}}",
    ]

    private func load(_ changed: [String: String] = [:]) throws -> Loaded {
        let folder = try TemporaryFolder()
        let text = Fixture.text(Self.sections.merging(changed) { $1 })
        let path = try folder.write(Array(text.utf8), to: "clusterbot.yaml", mode: 0o600)
        do {
            let configuration = try Configuration.load(
                path: path,
                environment: Fixture.environment,
                platforms: [SlackModule(), Toy(), TerminalModule()],
                now: Fixture.now
            )
            return Loaded(configuration: configuration, problems: [], warnings: configuration.warnings)
        } catch {
            return Loaded(configuration: nil, problems: error.problems, warnings: error.warnings)
        }
    }

    @Test func itsSectionIsReadByItself() throws {
        let loaded = try load()
        #expect(loaded.problems == [])
        let configuration = try #require(loaded.configuration)
        #expect(configuration.chat.map(\.platform) == ["toy"])
        #expect((configuration.chat.first as? ToySettings)?.server == "example.org")
        let amy = Account(platform: "toy", workspace: "example.org", user: "@amy:example.org")
        #expect(configuration.policy.people[amy] == "amy")
    }

    @Test func bothMayBeConfigured() throws {
        let slack =
            "slack: {app_id: A0001, workspaces: {T0001: {bot_token: {env: BOT}}}, signing_secrets: [{env: SIGN}]}"
        let loaded = try load(["chat": "chat: {toy: {server: example.org}, \(slack)}"])
        #expect(loaded.problems == [])
        #expect(loaded.warnings == [])
        #expect(loaded.configuration?.chat.map(\.platform) == ["slack", "toy"])
    }

    @Test(arguments: [
        ("chat", "chat: {toy: {}}", "the key `server` is missing"),
        ("chat", "chat: {toy: {sever: x}}", "did you mean `server`?"),
        ("chat", "chat: {}", "there is `slack`, `toy`"),
        ("groups", "groups: {engineers: {people: [amy], toy_rooms: [x]}}", "`toy_rooms` is not supported yet"),
        ("channels", "channels: {ops: \"toy:example.org/ops\"}", "which is written `%3A`"),
        ("channels", "channels: {ops: \"toy:example.org/!ops:example.org\"}", "which is written `%3A`"),
        ("people", "people: [{name: amy, accounts: [\"toy:example.org/amy\"]}]", "which is written `%3A`"),
        (
            "people", "people: [{name: amy, accounts: [\"taoy:example.org/amy\"]}]",
            "`slack:WORKSPACE/USER`, `toy:WORKSPACE/USER`, `os:HOST/UID`"
        ),
    ])
    func itsMistakesAreSaidInItsWords(section: String, text: String, words: String) throws {
        let problems = try load([section: text]).problems
        #expect(problems.contains { $0.message.contains(words) }, "\(problems)")
    }

    @Test func whatIsDoubtfulIsAWarning() throws {
        let elsewhere = "channels: {ops: \"toy:other.org/!ops%3Aexample.org\"}"
        let warnings = try load(["channels": elsewhere]).warnings.map(\.message)
        #expect(warnings.contains { $0.contains("is of another server") }, "\(warnings)")
        #expect(warnings.contains { $0.contains("is not one of `chat.toy.workspaces`") }, "\(warnings)")
    }
}
