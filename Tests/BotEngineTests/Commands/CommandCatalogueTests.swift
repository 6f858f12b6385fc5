import BotCore
import Testing

@testable import BotEngine

@Suite struct CommandCatalogueTests {
    /// What comes in is one thing: it changes something, or decides, or closes, or asks. Nothing falls between.
    @Test(arguments: CommandCatalogue.all.map { $0.form.words.joined(separator: " ") })
    func everyCommandIsOfOneKind(words: String) throws {
        let command = try #require(CommandCatalogue.all.first { $0.form.words.joined(separator: " ") == words })
        let kinds = [
            command is any ChangeDecision.Type, command is any ClosingCommand.Type, command is any Question.Type,
        ]
        #expect(kinds.count { $0 } == 1)
        // What people are told of it is the same.
        #expect(kinds[0] == (command.form.topic == .decide))
        #expect(kinds[1] == (command.form.topic == .close))
    }
}
