import BotCore
import ClusterAPI
import ConfigurationTree
import Foundation
import SlackChat
import TestSupport
import Testing

@testable import BotConfiguration

@Suite struct SecretReferenceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Loads a configuration whose token is the file `token`.
    private func load(token bytes: [UInt8], mode: Int = 0o600, readsSecrets: Bool = true) throws -> Loaded {
        try folder.write(bytes, to: "token", mode: mode)
        let reference =
            "projects: {vision: {project_id: 1, location: Delhi, api_key: {env: KEY}, token: {file: ./sub/../token}}}"
        try FileManager.default.createDirectory(atPath: "\(folder.path)/sub", withIntermediateDirectories: true)
        let file = try folder.write(
            Array(Fixture.text(["projects": reference]).utf8),
            to: "clusterbot.yaml",
            mode: 0o600
        )
        return Fixture.loadFile(file, readsSecrets: readsSecrets)
    }

    @Test(arguments: ["canary", "canary\n", "canary\r\n"])
    func theLineEndOfAFileIsNotPartOfTheSecret(text: String) throws {
        let loaded = try load(token: Array(text.utf8))
        #expect(loaded.configuration?.clusterAPI.projects["vision"]?.token.revealed == "canary")
        #expect(loaded.warnings == [])
    }

    @Test(arguments: ["", "\n", "can\nary\n", "canary\n\n", "can\rary", "can\u{0}ary", " canary", "canary\t"])
    func aSecretThatIsNotOneLineIsRefusedUnseen(text: String) throws {
        let problems = try load(token: Array(text.utf8)).problems
        #expect(problems.count == 1)
        #expect(problems.first?.message.contains("`./sub/../token`") == true)
        #expect(problems.first?.message.contains("canary") == false)
    }

    @Test func bytesThatAreNotTextAreRefused() throws {
        #expect(try load(token: [0x63, 0xFF, 0xFE]).problems.first?.message.contains("not text") == true)
        let huge = Array(repeating: UInt8(ascii: "x"), count: SecretReader.maximumBytes + 1)
        #expect(try load(token: huge).problems.first?.message.contains("larger than") == true)
    }

    @Test(arguments: [0o604, 0o644, 0o666, 0o602])
    func aSecretThatEverybodyCanReadIsAWarning(mode: Int) throws {
        let loaded = try load(token: Array("canary".utf8), mode: mode)
        #expect(loaded.configuration != nil)
        #expect(loaded.warnings.count == 1)
        #expect(loaded.warnings.first?.message.contains("chmod 600") == true)
    }

    @Test(arguments: [0o600, 0o400, 0o640])
    func aSecretThatIsKeptToItselfIsNone(mode: Int) throws {
        #expect(try load(token: Array("canary".utf8), mode: mode).warnings == [])
    }

    @Test func withoutReadingSecretsOnlyTheirFormIsChecked() throws {
        let loaded = Fixture.loadFile(try write(Fixture.text()), readsSecrets: false, environment: [:])
        #expect(loaded.problems == [])
        #expect(loaded.configuration?.clusterAPI.projects["vision"]?.token.revealed == "not-read")
        #expect(loaded.configuration?.slack?.signingSecrets.map(\.revealed) == ["not-read"])
        let literal = Fixture.text([
            "projects": "projects: {vision: {project_id: 1, location: Delhi, api_key: canary, token: {file: /none}}}"
        ])
        let problems = Fixture.loadFile(try write(literal), readsSecrets: false, environment: [:]).problems
        #expect(problems.count == 1)
        #expect(problems.first?.message.contains("canary") == false)
    }

    @Test func nothingThatIsPrintedOfAConfigurationHoldsASecret() throws {
        let configuration = try #require(try Fixture.load(Fixture.text()).configuration)
        var printed = "\(configuration) \(String(reflecting: configuration))"
        dump(configuration, to: &printed)
        #expect(!printed.contains("canary"))
        #expect(printed.contains("vision"))
    }

    /// What people leave in when they copy a secret from one file into another. A signing secret with one of these lets every
    /// webhook be refused, and nothing says why.
    @Test(arguments: [
        (#""canary""#, "quotation marks"), ("'canary'", "quotation marks"), ("\"canary", "quotation marks"),
        ("“canary”", "quotation marks"), ("TOKEN=canary", "`NAME=`"), ("export TOKEN=canary", "`NAME=`"),
        ("Bearer canary", "holds spaces"), ("canäry-canary", "visible ASCII"), ("canary\u{200B}", "visible ASCII"),
    ])
    func aSecretThatCannotBeRightIsRefusedUnseen(text: String, words: String) throws {
        let problems = try load(token: Array(text.utf8)).problems
        #expect(problems.count == 1)
        #expect(problems.first?.message.contains(words) == true, "\(problems)")
        #expect(problems.first?.message.contains("canary") == false)
    }

    @Test(arguments: ["ABC==", "eyJhbGciOi.eyJzdWIi.c2ln-_", "canary/+&="])
    func aSecretThatOnlyLooksUnusualIsTaken(text: String) throws {
        #expect(try load(token: Array(text.utf8)).configuration?.clusterAPI.projects["vision"]?.token.revealed == text)
    }

    private func write(_ text: String) throws -> String {
        try folder.write(Array(text.utf8), to: "clusterbot.yaml", mode: 0o600)
    }
}
