import ArgumentParser
import BotConfiguration
import BotCore
import BotStore

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of the store. The service must be stopped.",
        discussion: """
            The backup is copied, checked, and then takes the store's place in one step, with the owner and mode of the store \
            that was there. Whatever is wrong with it, the store stays as it was. After the next start nothing is sent \
            until somebody has compared what the store shows with the history channel and the clusters, and says \
            `clusterbot release --reason …`. Only `clusterbot backup` makes files that can be put back.
            """
    )

    @OptionGroup var options: ConfigurationOption
    @Argument(help: ArgumentHelp("The backup.", valueName: "FILE")) var file: String

    func run() async throws {
        let path = try options.find().storePath
        let restored = try await StoreRestoration(of: file, at: path)
        print(TerminalText.line("\(path): \(restored.head.seq) history entries, head \(restored.head.short)"))
        StandardError.write(
            restored.isHeld
                ? "Start the service: it sends nothing yet. Compare `clusterbot changes list` with the history channel and "
                    + "the clusters, then `clusterbot release --reason \"what was compared\"`."
                : "Start the service: nothing happened after this backup, so it goes on at once."
        )
    }
}
