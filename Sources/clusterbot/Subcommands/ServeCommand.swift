import ArgumentParser
import BotConfiguration
import BotCore
import BotServer
import Glibc
import Logging
import Metrics
import NIOCore
import ServiceLifecycle
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the service until SIGTERM, which lets what is under way end, for up to 45 s, and exits 0."
    )

    enum LogFormat: String, ExpressibleByArgument, CaseIterable { case json, text }

    @OptionGroup var options: ConfigurationOption
    @Option(help: "json (one object a line) or text, on standard error.") var logFormat = LogFormat.json
    @Flag(help: "Log every request too.") var verbose = false

    private static let cannotListen: Set<Int32> = [EADDRINUSE, EACCES, EADDRNOTAVAIL]
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
        do {
            try await ServiceGroup(configuration: group).run()
        } catch let error as IOError where Self.cannotListen.contains(error.errnoCode) {
            let server = configuration.server
            let addresses = [server.listen, server.privateListen].compactMap(\.self).map { "\($0)" }
            throw UsageProblem(
                "Cannot listen on \(addresses.joined(separator: " or ")): \(String(cString: strerror(error.errnoCode))). "
                    + "Stop what listens there, or change `server.listen` or `server.private_listen`."
            )
        }
        logger.info("stopped")
    }
}
