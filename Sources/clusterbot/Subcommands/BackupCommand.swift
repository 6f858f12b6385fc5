import ArgumentParser
import BotCore
import BotStore

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the store into a file, consistently, with or without a running service.",
        discussion: """
            The copy is checked before it gets its name, so a file with that name is a whole backup. Never copy the store's \
            own file instead: a part of it is in the file beside it. The handbook (Operations) says how to restore.
            """
    )

    @OptionGroup var options: ConfigurationOption
    @Argument(help: ArgumentHelp("The file to make; it must not exist yet.", valueName: "FILE")) var file: String

    func run() async throws {
        let store = try options.openStore()
        try await store.backUp(to: file)
        let copy = try ReadOnlySQLiteStore(path: file)
        let head = try await copy.read { try $0.historyHead() }
        print(TerminalText.line("\(file): \(head.seq) history entries, head \(head.short)"))
    }
}
