import BotCore
import BotEngine
import Testing

/// Each platform has its own word in front of a command.
@Suite struct CommandWordsTests {
    private static let words = CommandWords(["slack": "/gpu", "matrix": "!cluster"])
    private static let grammar = Grammar(clusters: Samples.clusters, ipTypes: ["reserved"], commandWords: words)

    @Test func aChannelHasItsPlatformsWord() {
        #expect(Self.words[Channel(platform: "slack", workspace: "T1", id: "C1")] == "/gpu")
        #expect(Self.words[Channel(platform: "matrix", workspace: "example.org", id: "!x")] == "!cluster")
        #expect(Self.words[Channel(platform: "os", workspace: "bot1", id: "terminal")] == "/cluster")
    }

    @Test(arguments: ["/gpu 42 status", "!cluster 42 status", "!CLUSTER 42 status", "`/gpu 42 status`"])
    func aPastedLineMayBeginWithAnyOfThem(line: String) throws {
        #expect(try Self.grammar.understand(line) == .status(cluster: Samples.prod))
    }

    @Test func anotherWordInFrontIsAMistake() {
        #expect(throws: WrongInput.self) { try Self.grammar.understand("/cluster 42 status") }
    }
}
