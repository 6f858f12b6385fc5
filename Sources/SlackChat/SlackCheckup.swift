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

    func findings(asked: Set<Channel>, userGroups: Set<UserGroup>) async -> [ChatFinding] {
        let mine = userGroups.filter { $0.platform == settings.platform }
        var findings: [ChatFinding] = []
        for workspace in settings.workspaces.keys.sorted() {
            findings += await token(of: workspace, hasUserGroups: mine.contains { $0.workspace == workspace })
        }
        if let channel = settings.historyChannel {
            findings.append(await look(at: channel, "history channel", ifRefused: .fails))
        } else {
            findings.append(
                ChatFinding(
                    .works,
                    "Slack, history channel",
                    "none is configured: no channel vouches for the history, and a store that is put back together with its "
                        + "marker is not noticed"
                )
            )
        }
        for channel in asked.filter({ $0.platform == settings.platform && $0 != settings.historyChannel })
            .sorted(by: { $0.description < $1.description })
        where settings.workspaces[channel.workspace].flatMap(\.self) != nil {
            findings.append(await look(at: channel, "channel", ifRefused: .warning))
        }
        let directory = SlackDirectory(poster: poster)
        for group in mine.sorted(by: { $0.description < $1.description }) {
            let name = "Slack, user group \(group.workspace)/\(group.id)"
            do throws(LookUpProblem) {
                let (title, members) = (try await directory.title(of: group), try await directory.members(of: group))
                let count = members.count == 1 ? "1 member counts" : "\(members.count) members count"
                let empty = "; guests, deactivated accounts, bots and members of other workspaces never do"
                findings.append(
                    ChatFinding(
                        members.isEmpty ? .warning : .works,
                        name,
                        "\(title): \(count)\(members.isEmpty ? empty : "")"
                    )
                )
            } catch {
                findings.append(ChatFinding(.fails, name, error.sentence))
            }
        }
        return findings
    }

    private func token(of workspace: String, hasUserGroups: Bool) async -> [ChatFinding] {
        let name = "Slack, workspace \(workspace)"
        switch await poster.authTest(workspace: workspace) {
        case .works(let bot, let user, _, let granted):
            return [
                ChatFinding(.works, name, "the token is that of \(bot) (\(user))"),
                scopes(granted, "Slack, scopes in \(workspace)", hasUserGroups: hasUserGroups),
            ]
        case .noToken: return [ChatFinding(.works, name, "no token: answers go through response_url only")]
        case .failed(let sentence): return [ChatFinding(.fails, name, sentence)]
        }
    }

    /// Says which scopes of the manifest an installed app lacks. Only what nothing works without is a failure.
    private func scopes(_ granted: Set<String>?, _ name: String, hasUserGroups: Bool) -> ChatFinding {
        guard let granted else { return ChatFinding(.warning, name, "Slack does not say which the app has") }
        let needed = [(need: SlackScope.Need.userGroups, verdict: ChatFinding.Verdict.fails, words: "missing")]
        let unused = [
            (
                need: SlackScope.Need.userGroups, verdict: ChatFinding.Verdict.works,
                words: "missing for what is not used here"
            )
        ]
        let needs: [(need: SlackScope.Need, verdict: ChatFinding.Verdict, words: String)] =
            [(.always, .fails, "missing")] + (hasUserGroups ? needed : []) + [(.today, .warning, "missing")]
            + (hasUserGroups ? [] : unused) + [(.later, .works, "missing for what is still to come")]
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
