import BotCore
import ChatKit
import ConfigurationTree
import Foundation
import SlackChat
import TerminalChat
import TestSupport
import Testing

@testable import BotConfiguration

/// What a re-read configuration keeps of the one at the start.
@Suite struct ReloadedConfigurationTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func load(_ replacing: [String: String] = [:]) throws -> Configuration {
        let path = try folder.write(Array(Fixture.text(replacing).utf8), to: "clusterbot.yaml", mode: 0o600)
        return try Configuration.load(
            path: path,
            environment: Fixture.environment,
            platforms: [SlackModule(), TerminalModule()],
            now: Fixture.now
        )
    }

    @Test func addressesAndStoreStay() throws {
        let start = try load()
        let next = try load(["server": "server: {listen: 127.0.0.1:1}", "store": "store: sqlite:other.db"])
        let (taken, kept) = next.keeping(from: start)
        #expect(taken.server == start.server)
        #expect(taken.storePath == start.storePath)
        #expect(kept == ["`server.listen` changes only by a restart", "`store` changes only by a restart"])
    }

    @Test func socketAndWayOutStay() async throws {
        let start = try load()
        let next = try load([
            "server": "server: {listen: 127.0.0.1:8080, socket: {host: bot2, approvals: true}}",
            "store": "store: sqlite:data/clusterbot.db\negress: {proxy: \"http://proxy.corp:3128\"}",
        ])
        let (taken, kept) = next.keeping(from: start)
        #expect(taken.server.socket.host == start.server.socket.host && taken.egress == start.egress)
        #expect(kept.contains("`server.socket` changes only by a restart, but for `approvals`"), "\(kept)")
        // Whose approvals count is a rule.
        #expect(taken.server.socket.approvals && taken.policy.withoutApprovals.isEmpty)
        #expect(start.policy.withoutApprovals == ["os"])
        #expect(kept.contains("`egress` changes only by a restart"), "\(kept)")
    }

    /// Its routes are those of the start, whatever the file says.
    @Test func aPlatformNeitherBeginsNorEnds() throws {
        let (with, without) = (try load(), try load(["chat": ""]))
        let (ended, keptWhenItEnds) = without.keeping(from: with)
        #expect(ended.chat.map(\.platform) == ["slack"])
        #expect(keptWhenItEnds == ["`chat.slack` ends only with a restart"])
        let (begun, keptWhenItBegins) = with.keeping(from: without)
        #expect(begun.chat.isEmpty)
        #expect(keptWhenItBegins == ["`chat.slack` begins only with a restart"])
    }

    @Test func everythingElseIsTaken() throws {
        let start = try load()
        let next = try load(["policy": "policy: [{name: none, allow: [scale_cluster], who: [leads]}]", "labels": ""])
        let (taken, kept) = next.keeping(from: start)
        #expect(kept.isEmpty)
        #expect(taken.policy.digest == next.policy.digest)
        #expect(taken.policy.digest != start.policy.digest)
    }

    @Test func theTextTellsWhetherOnlySecretsCanDiffer() throws {
        let start = try load()
        #expect(try load().isSameText(as: start))
        #expect(try !load(["contact": "contact: \"#help\""]).isSameText(as: start))
    }

    @Test func theFilesOwnerAndTimeAreKnown() throws {
        let file = try #require(try load().files.first)
        let status = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(file.owner == (status[.ownerAccountID] as? NSNumber)?.uint32Value)
        let modified = try #require(status[.modificationDate] as? Date).timeIntervalSince1970
        #expect(abs(Double(file.modifiedAt.milliseconds) / 1000 - modified) < 0.01)
    }

    @Test func secretsOfTheEnvironmentAreNamedWithoutTheirValues() throws {
        let named = try load().readOnce.map(\.message)
        #expect(named.count == 4)
        for name in ["KEY", "TOKEN", "BOT", "SIGN"] { #expect(named.filter { $0.contains("`\(name)`") }.count == 1) }
        for value in Fixture.environment.values where !value.isEmpty {
            #expect(!named.contains { $0.contains(value) })
        }
    }
}
