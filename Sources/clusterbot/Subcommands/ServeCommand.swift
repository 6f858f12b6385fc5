import ArgumentParser
import BotCore
import BotServer
import Logging
import Metrics
import ServiceLifecycle
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the service until SIGTERM, which lets what is under way end and exits 0."
    )

    enum LogFormat: String, ExpressibleByArgument, CaseIterable { case json, text }

    @OptionGroup var options: ConfigurationOption
    @Option(help: "json (one object a line) or text, on standard error.") var logFormat = LogFormat.json
    @Flag(help: "Log every request too.") var verbose = false

    /// A sending in flight may take its whole time-out; longer is a hang.
    private static let longestShutdown = Duration.seconds(45)
    private static let longestCancellation = Duration.seconds(5)

    func run() async throws {
        let level: Logger.Level = verbose ? .debug : .info
        let format = logFormat
        LoggingSystem.bootstrap { label in
            switch format {
            case .json: JSONLogHandler(label: label, logLevel: level)
            case .text: TextLogHandler(label: label, logLevel: level)
            }
        }
        let metrics = PrometheusRegistry()
        MetricsSystem.bootstrap(metrics)
        try ProcessSetup.prepare()
        let logger = Logger(label: "clusterbot")
        let configuration = try options.load(readsSecrets: true, warn: { logger.warning("\($0)") })
        let assembly = try Assembly(configuration, metrics: metrics, logger: logger)
        logger.info(
            "starting",
            metadata: [
                "version": "\(Version.text)", "store": "\(configuration.storePath)",
                "clusters": "\(configuration.clusters.count)", "policy": "\(configuration.policy.digest.prefix(12))",
            ]
        )
        var group = ServiceGroupConfiguration(
            services: assembly.services.map { .init(service: $0) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        group.maximumGracefulShutdownDuration = Self.longestShutdown
        group.maximumCancellationDuration = Self.longestCancellation
        try await ServiceGroup(configuration: group).run()
        logger.info("stopped")
    }
}
