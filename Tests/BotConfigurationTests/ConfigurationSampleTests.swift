import BotCore
import ClusterAPI
import ConfigurationTree
import Foundation
import SlackChat
import TerminalChat
import Testing

@testable import BotConfiguration

@Suite struct ConfigurationSampleTests {
    private let path: String
    private let text: String

    init() throws {
        path =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("config/clusterbot.yaml")
            .path
        text = try String(contentsOfFile: path, encoding: .utf8)
    }

    /// The sample with every line `#key: …` made a key.
    private var everyKey: String { text.replacing(/(?m)^( *)#(?=[^ #\n])/) { String($0.output.1) } }

    /// What the sample's `include` finds.
    private static let included = ["policy.d/more.yaml": "policy: []"]

    @Test func theSampleIsValidWithoutItsSecretsAndWarnsOfNothing() throws {
        let loaded = Fixture.loadFile(path, readsSecrets: false, environment: [:])
        #expect(loaded.problems == [])
        #expect(loaded.warnings == [])
        #expect(loaded.configuration?.clusters.map(\.name) == ["prod-train", "dev-train"])
    }

    @Test func theSampleWithEveryOptionalKeyIsValidToo() throws {
        #expect(everyKey.split(separator: "\n").count > 50 && everyKey != text)
        let loaded = try Fixture.load(everyKey, readsSecrets: false, files: Self.included)
        #expect(loaded.problems == [])
        #expect(loaded.warnings == [])
        #expect(loaded.configuration?.slack?.historyChannel == Channel("slack:T0001/C0HISTORY"))
        #expect(loaded.configuration?.contact == "#platform-help")
    }

    @Test func theSampleShowsEveryKeyThatIsUnderstood() throws {
        let withoutProse = everyKey.split(separator: "\n").filter {
            !$0.trimmingCharacters(in: .whitespaces).hasPrefix("#")
        }
        .joined(separator: "\n")
        for shape in TableShape.all([SlackModule(), TerminalModule()]) {
            for key in shape.keys {
                let isThere = try withoutProse.contains(Regex("(^|[ {\\n])\(key):"))
                #expect(isThere, "`\(key)` of \(shape.title)")
            }
        }
    }

    @Test func theSampleStatesTheRealDefaults() throws {
        let short = try #require(try Fixture.load(text, readsSecrets: false).configuration)
        let long = try #require(try Fixture.load(everyKey, readsSecrets: false, files: Self.included).configuration)
        #expect(short.locations == long.locations)
        #expect(short.ipTypes == long.ipTypes)
        #expect(short.reconcile == long.reconcile)
        #expect(short.clusterAPI.connectTimeout == long.clusterAPI.connectTimeout)
        #expect(short.clusterAPI.totalTimeout == long.clusterAPI.totalTimeout)
        #expect(short.clusterAPI.readBack == long.clusterAPI.readBack)
        #expect(short.policy.destructive == long.policy.destructive)
        #expect(short.slack?.command == long.slack?.command)
        #expect(short.slack?.apiURL == long.slack?.apiURL)
        #expect(short.slack?.responseHosts == long.slack?.responseHosts)
    }

    @Test func theSampleWithoutItsSecretsNamesEachThatIsMissing() {
        let loaded = Fixture.loadFile(path, environment: [:])
        #expect(loaded.problems.count == 4)
        #expect(loaded.problems.map(\.line) == loaded.problems.map(\.line).sorted())
        #expect(loaded.problems.first?.description.hasPrefix("\(path):") == true)
    }
}
