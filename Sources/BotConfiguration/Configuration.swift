import BotCore
import ChatKit
import ClusterAPI
import ConfigurationTree

/// Everything that the service is told by its configuration, checked: a value of this type has no known mistake in it.
package struct Configuration: Sendable {
    package var server: Server
    /// The path of the SQLite file, absolute or relative to the working directory.
    package var storePath: String
    package var clusterAPI: ClusterAPISettings
    /// The API's locations that projects may be in.
    package var locations: [String]
    /// What `detach_ip` accepts.
    package var ipTypes: [String]
    package var reconcile: Reconcile
    /// What the words of a cluster's status mean.
    package var statuses: StatusKinds
    /// In the order of the file; nothing else can be named in a command.
    package var clusters: [Cluster]
    package var policy: Policy
    /// The accounts of each person; the policy knows the same by account.
    package var people: [Person]
    /// The platforms that are configured. The others have no routes.
    package var chat: [any ChatSettings]
    /// How much one person may ask for.
    package var limits: RequestLimits
    /// Whom a refusal points to.
    package var contact: String?
    /// What is allowed but probably not meant, in the order of the file.
    package var warnings: [ConfigurationProblem]

    /// Where the service listens.
    package struct Server: Hashable, Sendable {
        package var listen: ListenAddress
        /// Where health, metrics and the history page are then served instead; nil: at `listen` too.
        package var privateListen: ListenAddress?
        /// How people reach the service, without a trailing slash, for links; nil: no links.
        package var publicURL: String?
    }

    /// How an unknown outcome is settled by reading (`cluster_api.reconcile`).
    package struct Reconcile: Hashable, Sendable {
        /// How long after the attempt an unchanged cluster counts as "it did not happen".
        package var after: Duration
        /// The time between two reads; two that agree settle an outcome.
        package var every: Duration
        /// When only a person can settle it any more.
        package var giveUp: Duration

        package static let usual = Reconcile(after: .seconds(15 * 60), every: .seconds(60), giveUp: .seconds(24 * 3600))
    }

    /// One person with all their accounts.
    package struct Person: Hashable, Sendable {
        package let name: String
        package let accounts: [Account]
    }
}

extension Configuration {
    /// Reads and checks a configuration file.
    ///
    /// - Parameters:
    ///   - path: of the file; it also stands in front of every problem. Relative paths in the file begin in its folder.
    ///   - environment: where `{env: NAME}` looks.
    ///   - platforms: those that can be configured under `chat`.
    ///   - readsSecrets: false checks all but whether the secrets are there, and puts placeholders for them; such
    ///     a configuration must not be served.
    ///   - now: what ends on a day is warned of before.
    /// - Throws: every problem of the file at once, in the order of the file.
    package static func load(
        path: String,
        environment: [String: String],
        platforms: [any ChatModule],
        readsSecrets: Bool = true,
        now: Timestamp = SystemClock().now
    ) throws(ConfigurationProblems) -> Configuration {
        let log = ProblemLog(file: path)
        guard let text = ConfigurationFile.text(of: path, log) else {
            throw ConfigurationProblems(problems: log.problems, warnings: log.warnings)
        }
        let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) : "."
        let secrets = SecretReader(
            folder: folder.isEmpty ? "/" : folder,
            environment: environment,
            reads: readsSecrets
        )
        return try checked(text, secrets, platforms, now, log)
    }

    /// The same for bytes that are at hand, without a look at any file or secret.
    ///
    /// - Parameter name: stands in front of every problem.
    package static func read(
        _ bytes: [UInt8],
        named name: String,
        platforms: [any ChatModule]
    ) throws(ConfigurationProblems) -> Configuration {
        let log = ProblemLog(file: name)
        guard let text = ConfigurationFile.text(bytes, log) else {
            throw ConfigurationProblems(problems: log.problems, warnings: log.warnings)
        }
        let secrets = SecretReader(folder: ".", environment: [:], reads: false)
        return try checked(text, secrets, platforms, Timestamp(seconds: 0), log)
    }

    private static func checked(
        _ text: String,
        _ secrets: SecretReader,
        _ platforms: [any ChatModule],
        _ now: Timestamp,
        _ log: ProblemLog
    ) throws(ConfigurationProblems) -> Configuration {
        var configuration: Configuration?
        if let root = YAMLReader(log: log).tree(of: text) {
            configuration = ConfigurationReader(log: log, secrets: secrets, platforms: platforms, now: now)
                .configuration(root)
        }
        guard log.problems.isEmpty, var configuration else {
            if log.problems.isEmpty { log.problem(.start, "the file cannot be understood") }
            throw ConfigurationProblems(problems: log.problems, warnings: log.warnings)
        }
        configuration.warnings = log.warnings
        return configuration
    }
}
