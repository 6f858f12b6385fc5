import ArgumentParser
import BotConfiguration
import BotCore

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the configuration and the policy; prints every problem with its place.",
        discussion: "Exit code 0 if there is none, else 1. Nothing is started, written or sent."
    )

    @OptionGroup var options: ConfigurationOption

    @Flag(help: "Do not ask for the secrets to be there (for CI).")
    var noSecrets = false

    func run() throws {
        let configuration = try options.load(readsSecrets: !noSecrets, report: StandardOutput.write)
        let people = Set(configuration.policy.people.values).count
        print(
            "\(options.config) is fine: \(configuration.clusters.count) clusters, \(people) people, "
                + "\(configuration.policy.rules.count) rules, policy \(configuration.policy.digest.prefix(12))"
        )
    }
}
