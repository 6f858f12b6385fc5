import ArgumentParser
import BotConfiguration
import BotCore
import BotServer
import ClusterAPI
import ConfigurationTree
import Glibc
import Logging
import Metrics
import ServiceLifecycle
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract:
            "Run the service until SIGTERM, which lets what is under way end, and exits 0; SIGHUP re-reads the configuration.",
        discussion: """
            What is being sent then is awaited for `cluster_api.timeouts.total` and 15 s more. If that does not suffice, the \
            exit code is not 0.
            """
    )

    enum LogFormat: String, ExpressibleByArgument, CaseIterable { case json, text }

    @OptionGroup var options: ConfigurationOption
    @Option(help: "json (one object a line) or text, on standard error.") var logFormat = LogFormat.json
    @Flag(help: "Log every request too.") var verbose = false

    /// Returns how long the drain waits for what is under way. A sending may take its whole time-out, and its outcome
    /// must be stored and told. Whatever takes longer hangs.
    static func drain(longestCall: Duration) -> Duration { longestCall + .seconds(15) }

    /// Whether the arguments ask for a log for people, as far as they can be read when something is wrong with them.
    static func isForPeople(_ arguments: [String]) -> Bool {
        arguments.contains("--log-format=\(LogFormat.text)")
            || zip(arguments, arguments.dropFirst()).contains { $0 == "--log-format" && $1 == LogFormat.text.rawValue }
    }

    func run() async throws {
        // Until it can be read anew, which begins with the service itself, a hang-up must not end the start.
        signal(SIGHUP, SIG_IGN)
        let level: Logger.Level = verbose ? .debug : .info
        let format = logFormat
        LoggingSystem.bootstrap { label in
            switch format {
            case .json: JSONLogHandler(label: label, logLevel: level)
            case .text: TextLogHandler(label: label, logLevel: level)
            }
        }
        // From here on everything on standard error is a log line in the chosen format.
        let logger = Logger(label: "clusterbot")
        defer { LogOutput.standardError.flush() }
        do {
            try await serve(logger)
        } catch let end as ExitCode {
            throw end
        } catch {
            // The service's errors go to its log, with the last one.
            logger.critical("\(error)")
            throw ExitCode(1)
        }
        logger.info("stopped")
    }

    private func serve(_ logger: Logger) async throws {
        let metrics = PrometheusRegistry(families: Metric.all)
        MetricsSystem.bootstrap(metrics)
        // Before the first secret is read.
        try ProcessSetup.hideMemory()
        try ProcessSetup.prepare()
        let configuration = try options.load(
            readsSecrets: true,
            report: { logger.critical("\($0.message)", metadata: $0.place) },
            warn: { logger.warning("\($0.message)", metadata: $0.place) }
        )
        let path = options.config
        let assembly = try Assembly(
            configuration,
            reread: { () throws(ConfigurationProblems) in try ConfigurationOption.read(path, readsSecrets: true) },
            metrics: metrics,
            logger: logger
        )
        logger.info(
            "starting",
            metadata: [
                "version": "\(Version.text)", "commit": "\(Version.commit)", "store": "\(configuration.storePath)",
                "clusters": .stringConvertible(configuration.clusters.count),
                "policy": "\(configuration.policy.digest.prefix(12))",
            ]
        )
        var group = ServiceGroupConfiguration(
            services: assembly.services.map { .init(service: $0) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        group.maximumGracefulShutdownDuration = Self.drain(longestCall: configuration.clusterAPI.totalTimeout)
        try await ServiceGroup(configuration: group).run()
    }
}
