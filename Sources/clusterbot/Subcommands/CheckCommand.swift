import ArgumentParser
import BotConfiguration
import BotCore
import ConfigurationTree

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the configuration and the policy; prints every problem with its place.",
        discussion: "Exit code 0 if there is none, else 1. Nothing is started, written or sent."
    )

    @OptionGroup var options: ConfigurationOption

    @Argument(help: ArgumentHelp("The configuration file, as with --config.", valueName: "FILE"))
    var file: String?

    @Flag(help: "Do not ask for the secrets to be there (for CI).")
    var noSecrets = false

    @Flag(help: "Print an array of {file, line, column, severity, message} as JSON.") var json = false

    func validate() throws {
        guard let file, options.config != ConfigurationOption.usual, options.config != file else { return }
        throw ValidationError("Two files are named, \(file) and --config \(options.config). Name one.")
    }

    func run() throws {
        var options = options
        if let file { options.config = file }
        var found: [JSONValue] = []
        defer { if json { print(JSONValue.array(found).canonical) } }
        let configuration = try options.load(
            readsSecrets: !noSecrets,
            report: { json ? found.append(Self.object($0, "error")) : StandardOutput.write("\($0)") },
            warn: { json ? found.append(Self.object($0, "warning")) : StandardError.write("warning: \($0)") }
        )
        guard !json else { return }
        let people = Set(configuration.policy.people.values).count
        print(
            "\(options.config) is fine: \(configuration.clusters.count) clusters, \(people) people, "
                + "\(configuration.policy.rules.count) rules, policy \(configuration.policy.digest.prefix(12))"
        )
    }

    private static func object(_ problem: ConfigurationProblem, _ severity: String) -> JSONValue {
        .object([
            "file": .string(problem.file), "line": .int(problem.line), "column": .int(problem.column),
            "severity": .string(severity), "message": .string(problem.message),
        ])
    }
}
