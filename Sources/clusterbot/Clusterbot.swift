import ArgumentParser
import CBuildInfo

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
}
