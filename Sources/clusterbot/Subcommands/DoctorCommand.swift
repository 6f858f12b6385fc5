import ArgumentParser
import BotChat
import BotConfiguration
import BotCore
import BotEngine
import BotStore
import ClusterAPI
import CurlHTTP

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the store, the cluster API with its credentials, and each chat platform.",
        discussion: "One line each, and what to do about what fails. Exit code 0 if everything works. It only reads."
    )

    @OptionGroup var options: ConfigurationOption
    @Flag(help: "Print the outline of real replies of the API's reads, without secrets and personal data.")
    var showApi = false

    func run() async throws {
        try ProcessSetup.prepare()
        let configuration = try options.load(readsSecrets: true)
        let report = Report()
        report.line(true, "configuration", "\(options.config), policy \(configuration.policy.digest.prefix(12))")
        report.line(true, "libraries", CurlTransport.versionDescription)
        await checkStore(configuration, report)
        let transport = try CurlTransport()
        await checkClock(configuration, transport, report)
        await checkAPI(configuration, transport, report)
        await checkSlack(configuration, transport, report)
        await transport.shutdown()
        if report.hasFailure { throw ExitCode(1) }
    }

    private func checkStore(_ configuration: Configuration, _ report: Report) async {
        do {
            let store = try ReadOnlySQLiteStore(path: configuration.storePath)
            let damage = try await store.damage()
            guard damage.isEmpty else {
                return report.line(
                    false,
                    "store",
                    "\(configuration.storePath) is damaged: \(damage.joined(separator: "; ")). Restore a backup."
                )
            }
            let hold = try await store.read { try $0.hold() }
            if let hold { report.line(false, "store", hold.sentence) }
            switch try await HistoryVerifier(store).verify() {
            case .intact(let count, let head):
                report.line(true, "store", "\(configuration.storePath): \(count) history entries, head \(head.short)")
            case .broken(let seq, let reason):
                report.line(false, "store", "history entry \(seq) does not fit: \(reason)")
            }
        } catch {
            report.line(false, "store", "\(error)")
        }
    }

    /// Slack refuses what is signed five minutes off, and so does clusterbot. A minute is already a broken clock.
    private static let toleratedSkew = 60.0

    private func checkClock(_ configuration: Configuration, _ transport: CurlTransport, _ report: Report) async {
        let url = configuration.slack?.apiURL ?? configuration.clusterAPI.baseURL
        let isLocal = url.hasPrefix("http:")
        let request = CurlRequest(
            url: url,
            sending: .repeatable,
            allowsPlainHTTP: isLocal,
            allowsPrivateAddress: isLocal
        )
        guard let reply = try? await transport.execute(request), let text = reply.header("date"),
            let theirs = Timestamp(httpDate: text)
        else {
            return report.line(false, "clock", "nobody to compare it with: \(host(of: url)) did not tell the time")
        }
        let skew = (SystemClock().now - theirs).inSeconds
        report.line(
            abs(skew) <= Self.toleratedSkew,
            "clock",
            abs(skew) <= Self.toleratedSkew
                ? "agrees with \(host(of: url))"
                : "is \(Int(skew)) s off from \(host(of: url)): set it (timedatectl set-ntp true)"
        )
    }

    private func host(of url: String) -> String { (try? CurlOrigin(url).host) ?? "the server" }

    private func checkAPI(_ configuration: Configuration, _ transport: CurlTransport, _ report: Report) async {
        guard configuration.clusterAPI.readBack else {
            return report.line(true, "cluster API", "not asked: read_back is false, so nothing may be read")
        }
        let api = E2EClusterAPI(settings: configuration.clusterAPI, transport: transport, clock: SystemClock())
        for name in configuration.clusterAPI.projects.keys.sorted() {
            for probe in await api.probe(project: name) {
                report.line(probe.works, "cluster API, project \(name)", "\(probe.request): \(probe.sentence)")
                if showApi, let outline = probe.outline { print(TerminalText.lines(outline)) }
            }
        }
    }

    private func checkSlack(_ configuration: Configuration, _ transport: CurlTransport, _ report: Report) async {
        guard let settings = configuration.slack else { return report.line(true, "Slack", "not configured") }
        let slack = SlackPoster(settings: settings, transport: transport, clock: SystemClock())
        for workspace in settings.workspaces.keys.sorted() {
            switch await slack.authTest(workspace: workspace) {
            case .works(let bot, let user):
                report.line(true, "Slack, workspace \(workspace)", "the token is that of \(bot) (\(user))")
            case .noToken:
                report.line(true, "Slack, workspace \(workspace)", "no token: answers go through response_url only")
            case .failed(let sentence): report.line(false, "Slack, workspace \(workspace)", sentence)
            }
        }
    }

    /// Prints a line a check and remembers whether one failed.
    private final class Report {
        private(set) var hasFailure = false

        func line(_ works: Bool, _ what: String, _ text: String) {
            if !works { hasFailure = true }
            print(TerminalText.line("\(works ? "ok  " : "FAIL") \(what): \(text)"))
        }
    }
}
