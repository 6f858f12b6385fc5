import ArgumentParser
import BotCore
import CBuildInfo
import Logging

@main
struct Clusterbot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clusterbot",
        abstract: "Act on training clusters from the team's chat: at most once, never lost, never guessed.",
        discussion: """
            Try it without any account:   clusterbot demo
            Run the service:              clusterbot serve --config config/clusterbot.yaml

            Results go to standard output, everything else to standard error.
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, DemoCommand.self, CheckCommand.self, PolicyCommand.self, ChangesCommand.self,
            HistoryCommand.self, BackupCommand.self, RestoreCommand.self, ReleaseCommand.self, SayCommand.self,
            SandboxCommand.self, DoctorCommand.self, HealthCommand.self, VersionCommand.self, ReplicasCommand.self,
            StoreCommand.self,
        ]
    )

    /// Runs the command that the arguments name. What is wrong with those of `serve` is a log line like every other, for
    /// whoever reads its log by machine.
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            guard arguments.first == ServeCommand.configuration.commandName, !ServeCommand.isForPeople(arguments),
                exitCode(for: error) == .validationFailure
            else { exit(withError: error) }
            let handler = JSONLogHandler(label: "clusterbot")
            StandardError.write(handler.line(.critical, message(for: error), [:], at: SystemClock().now))
            exit(withError: ExitCode.validationFailure)
        }
    }
}
