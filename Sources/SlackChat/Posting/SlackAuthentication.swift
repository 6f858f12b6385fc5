import BotCore
import CurlHTTP

/// Slack's answer about the bot's token for one workspace.
package enum SlackAuthentication: Hashable, Sendable {
    /// It works and is for that workspace. `user` is the bot's own user id, `author` the id under which its messages stand,
    /// which is empty where Slack does not say it; `scopes` is nil where Slack does not name them.
    case works(bot: String, user: String, author: String, scopes: Set<String>?)
    /// The workspace is configured without a token.
    case noToken
    /// The sentence says what is wrong and what to do; it holds no secret.
    case failed(String)
}

extension SlackPoster {
    /// Asks Slack whose token it is (`auth.test`). It changes nothing, and takes up to ten seconds.
    package func authTest(workspace: String) async -> SlackAuthentication {
        guard let configured = settings.workspaces[workspace] else {
            return .failed("\(workspace) is not among `chat.slack.workspaces`: add it.")
        }
        guard let token = configured else { return .noToken }
        do throws(ChatProblem) {
            let url = settings.apiURL + "auth.test"
            let request = slackRequest(
                url,
                .object([:]),
                token: token,
                sending: .repeatable,
                isLoopback: isLoopback(url)
            )
            let (reply, response) = try await answer("auth.test", request)
            let owner = reply["team_id"]?.string.flatMap { SlackReceiver.isID($0) ? $0 : nil }
            guard owner == workspace else {
                return .failed(
                    "The token of \(workspace) is for \(owner ?? "no workspace"): exchange the `bot_token`s."
                )
            }
            guard reply["is_enterprise_install"]?.bool != true, reply["enterprise_id"]?.string == nil else {
                return .failed(SlackStranger.organisationsAreLater)
            }
            return .works(
                bot: reply["user"]?.string ?? "",
                user: reply["user_id"]?.string ?? "",
                author: reply["bot_id"]?.string ?? "",
                scopes: response.header("X-OAuth-Scopes").map(Self.scopes)
            )
        } catch {
            return .failed(Self.sentence(error))
        }
    }

    /// Reads the header in which Slack names the scopes of the token that was used: `commands,chat:write`.
    private static func scopes(_ header: String) -> Set<String> {
        Set(header.split(separator: ",").map { $0.filter { $0 != " " } })
    }

    static func sentence(_ problem: ChatProblem) -> String {
        switch problem {
        case .cannotPostHere(let text), .transient(let text), .permanent(let text), .layoutRefused(let text): text
        case .rateLimited(let pause): "Slack says that it was asked too often: try again in \(pause.spoken)."
        case .messageGone: "Slack answered to something else than what was asked: check `chat.slack.api_url`."
        }
    }
}
