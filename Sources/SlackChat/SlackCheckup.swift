import BotCore
import ChatKit
import CurlHTTP

/// Asks Slack for `doctor` whose each token is, and whether the bot can post where it must.
struct SlackCheckup {
    private let settings: SlackSettings
    private let poster: SlackPoster

    init(settings: SlackSettings, transport: any HTTPTransport, clock: any BotClock) {
        self.settings = settings
        poster = SlackPoster(settings: settings, transport: transport, clock: clock)
    }

    func findings(asked: Set<Channel>) async -> [ChatFinding] {
        var findings: [ChatFinding] = []
        for workspace in settings.workspaces.keys.sorted() { findings.append(await token(of: workspace)) }
        if let channel = settings.historyChannel {
            findings.append(await look(at: channel, "history channel", ifRefused: .fails))
        } else {
            findings.append(
                ChatFinding(
                    .works,
                    "Slack, history channel",
                    "none is configured: no channel vouches for the history"
                )
            )
        }
        for channel in asked.filter({ $0.platform == settings.platform && $0 != settings.historyChannel })
            .sorted(by: { $0.description < $1.description })
        where settings.workspaces[channel.workspace].flatMap(\.self) != nil {
            findings.append(await look(at: channel, "channel", ifRefused: .warning))
        }
        return findings
    }

    private func token(of workspace: String) async -> ChatFinding {
        let name = "Slack, workspace \(workspace)"
        return switch await poster.authTest(workspace: workspace) {
        case .works(let bot, let user): ChatFinding(.works, name, "the token is that of \(bot) (\(user))")
        case .noToken: ChatFinding(.works, name, "no token: answers go through response_url only")
        case .failed(let sentence): ChatFinding(.fails, name, sentence)
        }
    }

    private func look(
        at channel: Channel,
        _ what: String,
        ifRefused refused: ChatFinding.Verdict
    ) async -> ChatFinding {
        let name = "Slack, \(what) \(channel)"
        return switch await poster.look(at: channel) {
        case .works: ChatFinding(.works, name, "I can post there")
        case .refused(let sentence): ChatFinding(refused, name, "nothing can be posted there. \(sentence)")
        case .unclear(let sentence):
            ChatFinding(.warning, name, "nobody can say whether I can post there. \(sentence)")
        }
    }
}
