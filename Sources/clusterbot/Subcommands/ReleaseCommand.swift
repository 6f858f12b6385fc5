import ArgumentParser
import BotCore
import BotEngine

struct ReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Let changes be sent again after the store was put back.",
        discussion: """
            clusterbot sends nothing when its store is older than it once was, or than the history channel tells: what the \
            store shows as open may long have been done. Compare `clusterbot changes list` with the history channel and the clusters first. You act as the \
            person who lists the account os:HOST/UID of your user on this machine, and need the right `release`.
            """
    )

    @OptionGroup var options: ConfigurationOption
    @Option(help: "What was compared with what.") var reason: String

    func run() async throws {
        let client = OperationsClient(configuration: try options.find())
        let reason = reason
        let text = try await client.run(
            .init(path: "/release", body: .object(["reason": .string(reason)])) { operations, account in
                try await operations.release(by: account, reason: reason)
            }
        )
        print(TerminalText.line(text))
    }
}
