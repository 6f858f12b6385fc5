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
        for workspace in settings.workspaces.keys.sorted() { findings += await token(of: workspace) }
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

    private func token(of workspace: String) async -> [ChatFinding] {
        let name = "Slack, workspace \(workspace)"
        switch await poster.authTest(workspace: workspace) {
        case .works(let bot, let user, let granted):
            return [
                ChatFinding(.works, name, "the token is that of \(bot) (\(user))"),
                scopes(granted, "Slack, scopes in \(workspace)"),
            ]
        case .noToken: return [ChatFinding(.works, name, "no token: answers go through response_url only")]
        case .failed(let sentence): return [ChatFinding(.fails, name, sentence)]
        }
    }

    /// Says which scopes of the manifest an installed app lacks. Only what nothing works without is a failure.
    private func scopes(_ granted: Set<String>?, _ name: String) -> ChatFinding {
        guard let granted else { return ChatFinding(.warning, name, "Slack does not say which the app has") }
        let needs: [(need: SlackScope.Need, verdict: ChatFinding.Verdict, words: String)] = [
            (.always, .fails, "missing"), (.today, .warning, "missing"),
            (.later, .works, "missing for what is still to come"),
        ]
        let missing = needs.map { ($0, SlackScope.missing($0.need, in: granted)) }.filter { !$0.1.isEmpty }
        guard let worst = missing.first else { return ChatFinding(.works, name, "all of the manifest") }
        let lists = missing.map { "\($0.words): \($1.map(\.description).joined(separator: ", "))" }
        return ChatFinding(
            worst.0.verdict,
            name,
            "\(lists.joined(separator: "; ")). Add them under OAuth & Permissions and install the app again."
        )
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
