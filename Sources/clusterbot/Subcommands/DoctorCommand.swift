import ArgumentParser
import BotConfiguration
import BotCore
import ChatKit
import ClusterAPI
import CurlHTTP

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the store, the clock, the cluster API with its credentials, and each chat platform.",
        discussion: """
            One line each (ok, warn or FAIL), and what to do about what is not as it should be. Exit code 0 if nothing fails. \
            It only reads.
            """
    )

    @OptionGroup var options: ConfigurationOption
    @Flag(help: "Print the outline of real replies of the API's reads, without secrets and personal data.")
    var showApi = false
    @Flag(help: "Print an array of {check, verdict, text} as JSON.") var json = false

    func run() async throws {
        try ProcessSetup.prepare()
        let report = DoctorReport(asJSON: json)
        let configuration = try load(report)
        report.line(.ok, "libraries", CurlTransport.versionDescription)
        await StoreCheckup(path: configuration.storePath).run(report)
        let transport = try CurlTransport(egress: configuration.egress)
        await checkPeers(configuration, transport, report)
        checkCredentials(configuration, report)
        await checkAPI(configuration, transport, report)
        await checkChat(configuration, transport, report)
        await ChannelCheckup(configuration: configuration, transport: transport).run(report)
        await transport.shutdown()
        report.end()
        if report.hasFailure { throw ExitCode(1) }
    }

    /// Loads the configuration. Its problems are lines like the others.
    private func load(_ report: DoctorReport) throws -> Configuration {
        var warnings = 0
        do {
            let configuration = try options.load(
                readsSecrets: true,
                report: { report.line(.fail, "configuration", "\($0)") },
                warn: { _ in warnings += 1 }
            )
            let policy = "\(options.config), policy \(configuration.policy.digest.prefix(12))"
            report.line(
                warnings == 0 ? .ok : .warn,
                "configuration",
                warnings == 0 ? policy : "\(policy). `clusterbot check \(options.config)` warns of \(warnings) in it."
            )
            return configuration
        } catch {
            report.end()
            throw error
        }
    }

    /// Asks the platforms and the cluster API for the time. The way to them leads through the proxy, if there is one.
    /// Webhooks that are signed minutes off are refused.
    private func checkPeers(
        _ configuration: Configuration,
        _ transport: CurlTransport,
        _ report: DoctorReport
    ) async {
        var unreachable: [String] = []
        defer {
            if let proxy = configuration.egress.proxy {
                report.line(
                    unreachable.isEmpty ? .ok : .fail,
                    "egress",
                    unreachable.isEmpty
                        ? "through \(proxy)"
                        : "the proxy \(proxy) cannot be reached, or does not connect to "
                            + "\(unreachable.joined(separator: " and ")): see `egress`, and what the proxy allows"
                )
            }
        }
        for url in configuration.chat.compactMap(\.clockURL) + [configuration.clusterAPI.baseURL] {
            let isLocal = url.hasPrefix("http:")
            let request = CurlRequest(
                url: url,
                sending: .repeatable,
                allowsPlainHTTP: isLocal,
                allowsPrivateAddress: isLocal
            )
            let host = (try? CurlOrigin(url).host) ?? "the server"
            let reply: CurlResponse?
            do {
                reply = try await transport.execute(request)
            } catch {
                reply = nil
                if error.code == .proxy { unreachable.append(host) }
            }
            guard let theirs = reply?.header("date").flatMap(Timestamp.init(httpDate:)) else {
                report.line(
                    .warn,
                    "clock",
                    "could not be compared with that of \(host), which did not tell the time: see the lines about it"
                )
                continue
            }
            let skew = SystemClock().now - theirs
            let isFine = max(skew, .zero - skew) <= ClockComparison.tolerated
            let off = "\(Int(max(skew, .zero - skew).inSeconds)) s \(skew > .zero ? "ahead of" : "behind")"
            report.line(
                isFine ? .ok : .fail,
                "clock",
                isFine
                    ? "agrees with \(host)"
                    : "is \(off) that of \(host), so webhooks are refused: set it (timedatectl set-ntp true)"
            )
        }
    }

    private func checkChat(
        _ configuration: Configuration,
        _ transport: CurlTransport,
        _ report: DoctorReport
    ) async {
        var asked: Set<Channel> = []
        for rule in configuration.policy.rules {
            asked.formUnion(rule.channels ?? [])
            for cluster in configuration.clusters {
                asked.formUnion(configuration.policy.filled(rule, on: cluster).channels ?? [])
            }
        }
        if let channel = configuration.server.socket.channel { asked.insert(channel) }
        for module in ChatModules.all {
            guard let settings = configuration.chat.first(where: { $0.platform == module.name }) else {
                report.line(.ok, module.title, "not configured")
                continue
            }
            let findings = await settings.checkup(
                transport,
                SystemClock(),
                channels: asked,
                userGroups: configuration.policy.userGroups.all
            )
            for finding in findings { report.line(finding) }
        }
    }

    private func checkCredentials(_ configuration: Configuration, _ report: DoctorReport) {
        for (name, project) in configuration.clusterAPI.projects.sorted(by: { $0.key < $1.key }) {
            guard let end = CredentialEnd(of: project, named: name, now: SystemClock().now) else { continue }
            report.line(end.hasCome ? .fail : .warn, "credentials, project \(name)", end.sentence)
        }
    }

    private func checkAPI(
        _ configuration: Configuration,
        _ transport: CurlTransport,
        _ report: DoctorReport
    ) async {
        guard configuration.clusterAPI.readBack else {
            report.line(.ok, "cluster API", "not asked: read_back is false, so nothing may be read")
            return ClusterCheckup.skip(configuration.clusters, report)
        }
        let api = E2EClusterAPI(settings: configuration.clusterAPI, transport: transport, clock: SystemClock())
        var silent: Set<String> = []
        for name in api.projectNames {
            let probes = await api.probe(project: name)
            if probes.first?.works != true { silent.insert(name) }
            for probe in probes {
                report.line(
                    probe.works ? .ok : .fail,
                    "cluster API, project \(name)",
                    "\(probe.request): \(probe.sentence)"
                )
                if showApi, !json, let outline = probe.outline { print(TerminalText.lines(outline)) }
            }
        }
        await ClusterCheckup(api: api, clusters: configuration.clusters, silent: silent).run(report)
    }
}
