import ArgumentParser
import BotConfiguration
import BotCore
import BotStore
import ConfigurationTree
import Foundation

/// The option `--config FILE` of the commands that need a configuration.
struct ConfigurationOption: ParsableArguments {
    static let usual = "config/clusterbot.yaml"

    @Option(name: .long, help: ArgumentHelp("The configuration file.", valueName: "FILE"))
    var config = Self.usual

    /// Reads and checks the file. All of its problems are printed at once, and end the command with exit code 1.
    /// - Parameters:
    ///   - trustsOwners: whether it may belong to any user, see ``find()``.
    ///   - report: takes a problem.
    ///   - warn: takes a warning about what is allowed but probably not meant. Only those who check the configuration or
    ///     serve it ask for them: a command that runs each night would repeat them in every mail.
    func load(
        readsSecrets: Bool,
        trustsOwners: Bool = false,
        report: (ConfigurationProblem) -> Void = { StandardError.write("\($0)") },
        warn: (ConfigurationProblem) -> Void = { _ in }
    ) throws -> Configuration {
        do {
            let loaded = try Self.read(config, readsSecrets: readsSecrets, trustsOwners: trustsOwners)
            for warning in loaded.warnings { warn(warning) }
            return loaded
        } catch {
            for problem in error.problems { report(problem) }
            for warning in error.warnings { warn(warning) }
            throw ExitCode(1)
        }
    }

    /// Reads the file only to find the service and its store. It may belong to any user: to the service's, whom another
    /// user's process does not know.
    func find() throws -> Configuration {
        try load(readsSecrets: false, trustsOwners: true)
    }

    /// Reads and checks a configuration file.
    static func read(
        _ path: String,
        readsSecrets: Bool,
        trustsOwners: Bool = false
    ) throws(ConfigurationProblems) -> Configuration {
        try Configuration.load(
            path: path,
            environment: ProcessInfo.processInfo.environment,
            platforms: ChatModules.all,
            readsSecrets: readsSecrets,
            trustsOwners: trustsOwners
        )
    }

    /// Opens the store for reading, whether or not the service runs.
    func openStore() throws -> ReadOnlySQLiteStore {
        try ReadOnlySQLiteStore(path: find().storePath)
    }
}
