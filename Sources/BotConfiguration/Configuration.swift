import BotCore
import ChatKit
import ClusterAPI
import ConfigurationTree
import CurlHTTP
import Foundation

/// The checked configuration of the service. A value of this type has no known mistake in it.
package struct Configuration: Sendable {
    package var server: Server
    /// The path of the SQLite file, absolute or relative to the working directory.
    package var storePath: String
    package var clusterAPI: ClusterAPISettings
    /// The locations of the API in which projects may be.
    package var locations: [String]
    /// The types of IP address that `detach_ip` accepts.
    package var ipTypes: [String]
    package var reconcile: Reconcile
    /// The meaning of the words for a cluster's status.
    package var statuses: StatusKinds
    /// The clusters in the order of the file. Nothing else can be named in a command.
    package var clusters: [Cluster]
    package var policy: Policy
    /// How the members of groups are called to requests, where it is not the usual way.
    package var groupCalls: [String: GroupCalls]
    /// The times in which nothing is sent, in the order of the file.
    package var freezes: [Freeze]
    /// The people with their accounts. The policy has the same by account.
    package var people: [Person]
    /// The channels that have a name of their own.
    package var channels: [String: Channel]
    /// The configured platforms. The others have no routes.
    package var chat: [any ChatSettings]
    /// The limits on one person's requests.
    package var limits: RequestLimits
    /// The way out, for the cluster API and the platforms.
    package var egress: Egress
    /// The people whom a refusal names for questions.
    package var contact: String?
    /// The warnings about what is allowed but probably not meant, in the order of the file.
    package var warnings: [ConfigurationProblem]
    /// The secrets that a reload does not read anew, because they come from the environment.
    package var readOnce: [ConfigurationProblem] = []
    /// The files from which it was read: the configuration itself, and behind it those that it includes.
    package var files: [FileOrigin] = []

    /// The addresses of the service.
    package struct Server: Hashable, Sendable {
        package var listen: ListenAddress
        /// The address for health, metrics and the history page; nil: `listen` serves them, too.
        package var privateListen: ListenAddress?
        /// The URL by which people reach the service, for links, without a trailing slash; nil: no links.
        package var publicURL: String?
        /// The time zone of times where a person's own is not known.
        package var zone: TimeZone
        /// The socket for users of the service's machine.
        package var socket: ServiceSocket
    }

    /// The settings for settling an unknown outcome by reading (`cluster_api.reconcile`).
    package struct Reconcile: Hashable, Sendable {
        /// The time after the attempt from which on an unchanged cluster means that nothing happened.
        package var after: Duration
        /// The time between two reads; two that agree settle an outcome.
        package var every: Duration
        /// The time after the attempt from which on only a person can settle it.
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
    ///   - path: the path of the file, which stands in front of every problem. Relative paths in the file begin in its
    ///     folder.
    ///   - environment: the environment for `{env: NAME}`.
    ///   - platforms: the platforms that can be configured under `chat`.
    ///   - readsSecrets: whether secrets are fetched. If not, everything else is checked, and placeholders stand for
    ///     them; such a configuration must not be served.
    ///   - trustsOwners: whether the files may belong to other users than root and that of this process; such a
    ///     configuration must not be served.
    ///   - now: the present time, for warnings about credentials that end soon.
    /// - Throws: every problem of the file at once, in the order of the file.
    package static func load(
        path: String,
        environment: [String: String],
        platforms: [any ChatModule],
        readsSecrets: Bool = true,
        trustsOwners: Bool = false,
        now: Timestamp = SystemClock().now
    ) throws(ConfigurationProblems) -> Configuration {
        let log = ProblemLog(file: path)
        guard let (text, origin) = ConfigurationFile.text(of: path, trustsOwners: trustsOwners, log) else {
            throw ConfigurationProblems(problems: log.problems, warnings: log.warnings)
        }
        let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) : "."
        let secrets = SecretReader(
            folder: folder.isEmpty ? "/" : folder,
            environment: environment,
            reads: readsSecrets
        )
        var configuration = try checked(text, secrets, platforms, now, log, looksForFiles: true, trustsOwners)
        configuration.files.insert(origin, at: 0)
        return configuration
    }

    /// Reads and checks a configuration from bytes, without reading any file or secret.
    ///
    /// - Parameter name: the name that stands in front of every problem.
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
        return try checked(text, secrets, platforms, Timestamp(seconds: 0), log, looksForFiles: false)
    }

    private static func checked(
        _ text: String,
        _ secrets: SecretReader,
        _ platforms: [any ChatModule],
        _ now: Timestamp,
        _ log: ProblemLog,
        looksForFiles: Bool,
        _ trustsOwners: Bool = false
    ) throws(ConfigurationProblems) -> Configuration {
        var configuration: Configuration?
        if let root = YAMLReader(log: log).tree(of: text) {
            var reader = ConfigurationReader(
                log: log,
                secrets: secrets,
                platforms: platforms,
                now: now,
                looksForFiles: looksForFiles,
                trustsOwners: trustsOwners
            )
            configuration = reader.configuration(root)
        }
        guard log.problems.isEmpty, var configuration else {
            if log.problems.isEmpty { log.problem(.start, "the file cannot be understood") }
            throw ConfigurationProblems(problems: log.problems, warnings: log.warnings)
        }
        configuration.warnings = log.warnings
        configuration.readOnce = log.readOnce
        return configuration
    }
}
