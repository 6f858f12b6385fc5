import BotConfiguration
import BotCore
import CurlHTTP
import SlackChat

/// What `doctor` asks Slack: whose each token is, and whether the bot can post where it is to.
struct SlackCheckup {
    let configuration: Configuration
    let transport: CurlTransport
    let report: DoctorReport

    func run() async {
        guard let settings = configuration.slack else { return report.line(.ok, "Slack", "not configured") }
        let slack = SlackPoster(settings: settings, transport: transport, clock: SystemClock())
        for workspace in settings.workspaces.keys.sorted() {
            let name = "Slack, workspace \(workspace)"
            switch await slack.authTest(workspace: workspace) {
            case .works(let bot, let user): report.line(.ok, name, "the token is that of \(bot) (\(user))")
            case .noToken: report.line(.ok, name, "no token: answers go through response_url only")
            case .failed(let sentence): report.line(.fail, name, sentence)
            }
        }
        if let channel = settings.historyChannel {
            await look(at: channel, "history channel", slack, ifRefused: .fail)
        } else {
            report.line(.ok, "Slack, history channel", "none is configured: no channel vouches for the history")
        }
        // Where a rule lets people ask, the bot is to answer.
        let asked = configuration.policy.rules.reduce(into: Set<Channel>()) { $0.formUnion($1.channels ?? []) }
        for channel in asked.filter({ $0.platform == "slack" && $0 != settings.historyChannel })
            .sorted(by: { $0.description < $1.description })
        where settings.workspaces[channel.workspace].flatMap(\.self) != nil {
            await look(at: channel, "channel", slack, ifRefused: .warn)
        }
    }

    private func look(
        at channel: Channel,
        _ what: String,
        _ slack: SlackPoster,
        ifRefused refused: DoctorReport.Verdict
    ) async {
        let name = "Slack, \(what) \(channel)"
        switch await slack.look(at: channel) {
        case .works: report.line(.ok, name, "I can post there")
        case .refused(let sentence): report.line(refused, name, "nothing can be posted there. \(sentence)")
        case .unclear(let sentence): report.line(.warn, name, "nobody can say whether I can post there. \(sentence)")
        }
    }
}
